import type { WorldMap } from '../../simulator/server/protocol.ts';
import type { CarPicture } from './car-picture.ts';
import type { Pose } from './pose.ts';

/** What is sent there and back. */
type Shown = Pick<CarPicture, 'goTo' | 'setStreet'>;

/**
 * Whether the car is shown in the street or in the studio: it is on the street while it drives, unless somebody has
 * chosen otherwise; the next start or stop decides anew. Who wants no motion stays in the studio unless he asks.
 */
export class Whereabouts {
  readonly #picture: Shown;
  readonly #map: Promise<WorldMap>;
  readonly #still: () => boolean;
  readonly #changed: (street: boolean, problem: boolean) => void;
  #wasParked: boolean | undefined;
  #chosen: boolean | undefined;
  #street = false;
  /** The street has been asked for. */
  #wanted = false;

  /** @param changed told after each change; `problem` when there is no city to be shown */
  constructor(
    picture: Shown,
    map: Promise<WorldMap>,
    still: () => boolean,
    changed: (street: boolean, problem: boolean) => void,
  ) {
    this.#picture = picture;
    this.#map = map;
    this.#still = still;
    this.#changed = changed;
  }

  follow({ isParked }: Pick<Pose, 'isParked'>): void {
    if (isParked !== this.#wasParked) this.#chosen = undefined;
    this.#wasParked = isParked;
    this.#apply();
  }

  toggle(): void {
    this.#chosen = !this.#street;
    this.#apply();
  }

  #apply(): void {
    const street = this.#chosen ?? (this.#wasParked === false && !this.#still());
    if (street === this.#street) return;
    this.#street = street;
    if (street) this.#load();
    this.#picture.goTo(street);
    this.#changed(street, false);
  }

  /** The city comes when it is needed first: it is for cars that drive. */
  #load(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    Promise.all([this.#map, import('../street/street-drive.ts')]).then(
      ([map, { StreetDrive }]) => {
        this.#picture.setStreet(new StreetDrive(map));
      },
      () => {
        this.#wanted = false;
        this.#street = false;
        this.#picture.goTo(false);
        this.#changed(false, true);
      },
    );
  }
}
