/** The two versions of VISS that are spoken here: they differ in the shape of errors and in names within filters. */
export type VissVersion = 2 | 3;

/** Number of each reason; source: VISS 3.0 Transport, "Status Codes". */
const NUMBERS = {
  bad_request: 400,
  invalid_data: 400,
  forbidden_request: 403,
  unavailable_data: 404,
  too_many_requests: 429,
  service_unavailable: 503,
} as const;
export type VissReason = keyof typeof NUMBERS;

/** A request that is answered with an error of VISS; the message becomes its description. */
export class VissError extends Error {
  override readonly name = 'VissError';
  readonly reason: VissReason;
  readonly recoverable = true;
  constructor(reason: VissReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export type ErrorBody =
  | { readonly number: number; readonly reason: VissReason; readonly message: string }
  | { readonly number: string; readonly reason: VissReason; readonly description: string };

/** The `error` member of a response. VISSv2 wants an integer and a `message`, VISSv3 a string and a `description`. */
export function errorBody({ reason, message }: VissError, version: VissVersion): ErrorBody {
  if (version === 3) return { number: String(NUMBERS[reason]), reason, description: message };
  // Version 2 knows no 429.
  const known = reason === 'too_many_requests' ? 'service_unavailable' : reason;
  return { number: NUMBERS[known], reason: known, message };
}
