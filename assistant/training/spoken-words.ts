/** Verbs that begin an order: "can you" and "please" fit in front of them. */
export const IMPERATIVES: ReadonlySet<string> = new Set(
  `turn switch put set make open close shut lock unlock start stop pause resume skip play go take drive navigate find show give tell
  call dial ring hang answer pick decline reject ignore send text read write reply add remove delete cancel create save store recall raise
  lower increase decrease boost crank bring move tilt slide recline fold unfold adjust heat warm cool defrost defog clear direct point aim
  blow vent air activate deactivate enable disable engage disengage keep hold change select choose use connect disconnect pair mute unmute
  shuffle repeat loop fast rewind jump tune dim brighten light wash spray wipe clean charge plug unplug look search check remind wake
  zoom reroute avoid get let roll crack pop honk beep sound sync recirculate precondition preheat precool redial list reset log park
  end begin kill drop max crank run launch bump nudge push pull lift release continue like favourite favorite unlike switch`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

export const FILLERS = [
  'um',
  'uh',
  'uhm',
  'er',
  'hmm',
  'so',
  'well',
  'okay',
  'ok',
  'like',
  'alright',
  'right',
  'uh yeah',
  'oh',
  'so um',
  'ah',
] as const;
export const OPENERS = [
  'hey',
  'hey car',
  'hello',
  'listen',
  'hi',
  'okay car',
  'yo',
  'excuse me',
  'hey there',
  'car',
] as const;
export const REQUESTS = [
  'can you', 'could you', 'would you', 'please', 'can you please', 'could you please', 'just', 'go ahead and', "i'd like you to", 'i want you to',
  'i need you to', 'will you', 'would you please', 'do me a favor and', 'be so kind and', 'maybe', 'can we', 'could we', 'quickly', 'you can',
  'please can you', 'can you just', "why don't you", "let's", 'i would like to', 'i want to', 'time to', 'you should',
] as const; // prettier-ignore
export const TAGS = [
  'please',
  'please',
  'thanks',
  'thank you',
  'for me',
  'now',
  'right now',
  'will you',
  'would you',
  'if you can',
  'real quick',
  'quickly',
  'for me please',
  'already',
] as const;

/**
 * Said before a wish, as a command of its own: words after which the wish still means what it says. "Don't" and "i want
 * that" would change it; "okay" and "hey" alone are fillers (`FILLERS`, `OPENERS`).
 */
export const OPENINGS = [
  [
    'dialogue.affirm.select',
    [
      'yes', 'yeah', 'yep', 'yup', 'sure', 'exactly', 'yes please', 'yes do it', 'yeah do that', 'go for it', 'sounds good',
      "that's right", "yes that's right", 'yes of course', 'absolutely', 'mhm', 'perfect do it',
    ],
  ],
  [
    'dialogue.deny.select',
    ['no', 'no', 'nope', 'nah', 'no no', 'no thanks', 'no thank you', "that's wrong", "no that's wrong", "that's not it", 'not that one', 'wrong'],
  ],
  [
    'dialogue.thanks.select',
    ['thanks', 'thank you', 'thanks a lot', 'many thanks', 'cheers', 'great thanks', 'perfect thanks', 'well done', 'good job', "that's better", 'much appreciated'],
  ],
  ['dialogue.greet.select', ['good morning', 'good evening', 'good afternoon', "i'm back", "we're back", 'hello again', 'nice to see you', 'hi how are you']],
] as const; // prettier-ignore

/** Words that decide what is meant: never lost and never changed by noise. */
export const CRITICAL: ReadonlySet<string> = new Set(
  `on off open close up down lock unlock increase decrease raise lower more less start stop pause resume next previous add remove not no
  yes don't never mute unmute enable disable activate deactivate answer decline accept reject higher warmer cooler colder hotter
  hot cold left right front rear back in out fold unfold louder quieter faster slower forward
  use end quit kill cut shut cancel drop engage disengage begin release leave keep hide show without with enough any
  stronger weaker brighter darker dimmer bigger smaller closer further nearer farther softer harder longer shorter tighter narrower wider
  warm again another skip delete erase clear silence loud quiet dark dim high low`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Short words that recognisers lose. */
export const DROPPABLE: ReadonlySet<string> = new Set([
  'the',
  'a',
  'an',
  'to',
  'my',
  'please',
  'of',
  'is',
  'it',
  'me',
  'for',
  'at',
  'some',
  'that',
  'and',
]);

/** What a recogniser hears instead. */
export const CONFUSIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    two: ['to', 'too'], four: ['for', 'fore'], one: ['won'], eight: ['ate'], to: ['two', 'too'], for: ['four'], three: ['free', 'tree'],
    six: ['sicks'], ten: ['tin'], twenty: ['twinty', 'plenty'], nine: ['mine'], percent: ['per cent', 'person'], degrees: ['degree', 'the grease'],
    degree: ['degrees'], temperature: ['temper chair', 'temperate your', 'temperatures'], ac: ['a c', 'a see', 'ace'], air: ['hair', 'heir'],
    conditioning: ['condition', 'conditioner'], fan: ['van', 'fans', 'than', 'fun', 'phan'], seat: ['sea', 'seed', 'seats', 'seek', 'sit', 'sheet', 'cede'], heating: ['heeding', 'eating', 'keeping', 'hitting'],
    heater: ['heather', 'eater'], heat: ['heed', 'eat'], heated: ['heeded'], massage: ['message', 'a massage', 'the saj'], message: ['massage'], window: ['windows', 'when dough', 'winner', 'bottle', 'winder', 'widow', 'windo'],
    windows: ['window', 'winters'], sunroof: ['sun roof', 'some roof', 'son roof', 'sun rough', 'sunrise'], roof: ['ruth'], trunk: ['drunk', 'trump', 'truck', 'tronk'], boot: ['boots'], door: ['doors', 'dawn'],
    doors: ['door', 'tours'], mirror: ['mirrors', 'mere', 'miller', 'mere or'], mirrors: ['mirror'], wipers: ['whippers', 'wiper', 'vipers', 'wide birds', 'pipers', 'wife is'], wiper: ['viper', 'wipers'],
    windshield: ['wind shield', 'winch field'], defrost: ['the frost', 'deep frost', 'to first', 'de frost', 'the first', 'deforest'], lights: ['light', 'likes', 'lice', 'lies', 'rights', 'nights'], light: ['like', 'lights'],
    headlights: ['head lights', 'headlight'], beam: ['beams', 'bean'], beams: ['beam', 'beans'], fog: ['frog', 'folk'], hazard: ['has it', 'hazards', 'has a', 'hazzard'],
    ambient: ['ambience', 'ambulant', 'ambien', 'and bient', 'embient'], brightness: ['bright nurse'], volume: ['valium', 'volumes', 'vollum', 'value', 'column'], music: ['music is', 'muse'], song: ['songs', 'sung'],
    radio: ['radios', 'video'], station: ['stations', 'nation'], playlist: ['play list'], podcast: ['pod cast', 'broadcast'], play: ['plate', 'plays'],
    shuffle: ['shovel'], bass: ['base'], treble: ['trouble'], call: ['cole', 'calls', 'col', 'cool', 'core'], phone: ['foam', 'phones'], navigate: ['navigator', 'navi gate'],
    navigation: ['navigations'], route: ['root', 'route is'], home: ['hone', 'homes'], work: ['walk'], traffic: ['graphic', 'traffics'],
    destination: ['destinations'], nearest: ['near is', 'nearest a'], charging: ['charring'], charger: ['charge'], parking: ['barking'],
    cruise: ['crews', 'cruz'], speed: ['speeds', 'spied'], lane: ['lain', 'line'], assist: ['a sist', 'assists'], mode: ['mowed', 'mold'], sport: ['sports', 'support'],
    eco: ['echo', 'eko'], range: ['rang', 'ranch'], battery: ['batteries'], tyre: ['tire'], tires: ['tyres', 'tired'], pressure: ['pleasure'],
    weather: ['whether'], calendar: ['calender', 'colander'], reminder: ['remainder', 'remind her'], timer: ['time or'], alarm: ['a lum'], news: ['new'],
    bluetooth: ['blue tooth', 'blue tour'], passenger: ['passengers', 'messenger'], driver: ["driver's", 'drive her'], side: ['site', 'sight'],
    recirculation: ['re circulation', 'recirculating', 'circulation', 'reese circulation'], turn: ['torn', 'turned', 'term'], switch: ['which', 'switched'], set: ['said', 'sent', 'sit', 'sat', 'send'],
    make: ['made', 'may'], please: ['peas', 'police'], steering: ['stirring'], wheel: ['will', 'wheels'], child: ['childs'], horn: ['born'],
    bit: ['pit', 'bid'], little: ['liddle'], full: ['fool'], half: ['have', 'halve'], there: ['their'],
    "it's": ['its'], "i'm": ['im', 'am'], "what's": ['whats', 'what'], "i'd": ['id'], here: ['hear'], where: ['wear'],
  }), // prettier-ignore
);
