/** Why there is no sound, and what a person can do about it. */
export function microphoneProblem(error: unknown, secure: boolean): string {
  if (!secure) {
    return 'The browser gives the microphone only to secure pages. Open this page as http://localhost:… on this machine, or over https. Typing works anyway.';
  }
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The microphone is blocked for this page. Click the icon left of the address, allow the microphone, then press the button again. Typing works anyway.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'No microphone was found. Plug one in or switch it on, then press the button again. Typing works anyway.';
    case 'NotReadableError':
    case 'AbortError':
      return 'Another program is using the microphone. Close it there, then press the button again. Typing works anyway.';
    default:
      return `The microphone did not start (${error instanceof Error ? error.message : String(error)}). Reload the page and press the button again. Typing works anyway.`;
  }
}
