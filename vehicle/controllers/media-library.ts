/** What can be played. */
export interface Track {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly genre: string;
  readonly seconds: number;
}
export interface Playlist {
  readonly name: string;
  readonly tracks: readonly string[];
}
export interface Episode {
  readonly id: string;
  readonly show: string;
  readonly title: string;
  readonly seconds: number;
  readonly kind: 'podcast' | 'audiobook' | 'video';
}
export interface Station {
  readonly name: string;
  readonly band: 'FM' | 'AM' | 'DAB';
  /** MHz; kHz for AM. */
  readonly frequency: number;
  readonly genre: string;
}
export interface MediaLibrary {
  readonly tracks: readonly Track[];
  readonly playlists: readonly Playlist[];
  readonly episodes: readonly Episode[];
  readonly stations: readonly Station[];
}

type Album = readonly [
  artist: string,
  album: string,
  genre: string,
  tracks: readonly (readonly [title: string, seconds: number])[],
];

const ALBUMS: readonly Album[] = [
  [
    'The Lanterns',
    'Harbour Lights',
    'pop',
    [
      ['Harbour Lights', 214],
      ['Paper Boats', 198],
      ['Golden Hour', 231],
      ['Last Ferry Home', 246],
    ],
  ],
  [
    'Mira Solberg',
    'Northern Rooms',
    'indie',
    [
      ['Snow on the Roof', 205],
      ['Blue Kitchen', 187],
      ['Northern Rooms', 263],
      ['Morning Coat', 221],
    ],
  ],
  [
    'The Copper Trio',
    'Midnight at Nine',
    'jazz',
    [
      ['Midnight at Nine', 322],
      ['Slow Elevator', 287],
      ['Copper Moon', 305],
      ['Rain Check', 264],
    ],
  ],
  [
    'Silver Arrows',
    'Full Throttle',
    'rock',
    [
      ['Full Throttle', 203],
      ['Open Road', 241],
      ['Thunder Valley', 229],
      ['Burning Bridges', 256],
    ],
  ],
  [
    'Nova Drift',
    'Signals',
    'electronic',
    [
      ['Signals', 275],
      ['Night Circuit', 312],
      ['Orbit', 248],
      ['Glass City', 291],
    ],
  ],
  [
    'Juniper Hall',
    'Old Gravel',
    'country',
    [
      ['Old Gravel', 196],
      ['Fence Line', 218],
      ['Whiskey River Bend', 233],
    ],
  ],
  [
    'City Strings',
    'Four Seasons of Rain',
    'classical',
    [
      ['April', 341],
      ['July', 367],
      ['October', 322],
      ['January', 389],
    ],
  ],
  [
    'Dusty Keys',
    'Back Porch',
    'blues',
    [
      ['Back Porch', 247],
      ['Borrowed Shoes', 262],
      ['Long Way Down', 284],
    ],
  ],
  [
    'Lena Marsh',
    'Soft Weather',
    'ambient',
    [
      ['Soft Weather', 364],
      ['Low Tide', 402],
      ['Cloud Atlas Road', 355],
    ],
  ],
  [
    'Block Eleven',
    'Corner Store',
    'hip hop',
    [
      ['Corner Store', 192],
      ['Elevator Talk', 207],
      ['Eleven Flights', 223],
    ],
  ],
  [
    'Harbour Steppers',
    'Slow Sunday',
    'reggae',
    [
      ['Slow Sunday', 238],
      ['Mango Season', 221],
      ['Anchor Down', 259],
    ],
  ],
];

/** Invented music, so that the demonstration needs no licence. */
const TRACKS: readonly Track[] = ALBUMS.flatMap(([artist, album, genre, titles]) =>
  titles.map(([title, seconds]) => ({
    id: `${artist}/${title}`.toLowerCase().replaceAll(' ', '-'),
    title,
    artist,
    album,
    genre,
    seconds,
  })),
);
const idsOf = (...genres: readonly string[]) =>
  TRACKS.filter(({ genre }) => genres.includes(genre)).map(({ id }) => id);

export const DEFAULT_LIBRARY: MediaLibrary = {
  tracks: TRACKS,
  playlists: [
    { name: 'Road Trip', tracks: idsOf('rock', 'country', 'pop') },
    { name: 'Morning Coffee', tracks: idsOf('indie', 'jazz') },
    { name: 'Chill', tracks: idsOf('ambient', 'indie') },
    { name: 'Workout', tracks: idsOf('electronic', 'hip hop', 'rock') },
    { name: 'Focus', tracks: idsOf('classical', 'ambient') },
  ],
  episodes: [
    {
      id: 'daily-briefing/today',
      show: 'The Daily Briefing',
      title: 'Today in fifteen minutes',
      seconds: 912,
      kind: 'podcast',
    },
    {
      id: 'daily-briefing/yesterday',
      show: 'The Daily Briefing',
      title: 'Yesterday in fifteen minutes',
      seconds: 898,
      kind: 'podcast',
    },
    { id: 'tech-talk/1', show: 'Tech Talk', title: 'Voices in machines', seconds: 2310, kind: 'podcast' },
    {
      id: 'tech-talk/2',
      show: 'Tech Talk',
      title: 'The map is not the road',
      seconds: 2544,
      kind: 'podcast',
    },
    {
      id: 'history-hour/1',
      show: 'History Hour',
      title: 'The first motorways',
      seconds: 3120,
      kind: 'podcast',
    },
    {
      id: 'lighthouse/1',
      show: 'The Lighthouse Keeper',
      title: 'Chapter one',
      seconds: 2760,
      kind: 'audiobook',
    },
    {
      id: 'lighthouse/2',
      show: 'The Lighthouse Keeper',
      title: 'Chapter two',
      seconds: 2895,
      kind: 'audiobook',
    },
    {
      id: 'harbour-tour/1',
      show: 'Harbour Tour',
      title: 'A city from the water',
      seconds: 1260,
      kind: 'video',
    },
  ],
  stations: [
    { name: 'Radio One', band: 'FM', frequency: 88.6, genre: 'pop' },
    { name: 'City FM', band: 'FM', frequency: 91.4, genre: 'pop' },
    { name: 'Jazz Radio', band: 'FM', frequency: 94.2, genre: 'jazz' },
    { name: 'Rock Antenna', band: 'FM', frequency: 98.5, genre: 'rock' },
    { name: 'News Radio', band: 'FM', frequency: 101.3, genre: 'news' },
    { name: 'Classic FM', band: 'FM', frequency: 103.7, genre: 'classical' },
    { name: 'Night Waves', band: 'DAB', frequency: 220.4, genre: 'electronic' },
    { name: 'Country Roads', band: 'AM', frequency: 810, genre: 'country' },
  ],
};
