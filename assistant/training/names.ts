import type { Intent, SlotName } from '../../vehicle/ontology.generated.ts';
import { hasLooseArticle } from '../understanding/articles.ts';
import type { Random, Sentence, Token } from '../understanding/sample-phrases.ts';

/**
 * Names that nobody has thought of. The lexicons are what is said most; a model that has read only these learns them by
 * heart, and takes "call rebecca" for something else when it never met a Rebecca. So in a part of the training
 * sentences the names are made up: of many first and last names, of what shops, songs and errands are called, and,
 * what is dictated, of anything that people say.
 */
const list = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

const FIRST_NAMES =
  list(`aaron abigail adam adele adrian agnes aisha alan albert alina amanda amelia amy angela anita
  annika anton arthur astrid audrey austin ava bastian beatrice benedict bernard bianca bjorn bonnie brandon brenda
  bridget callum camilla carlos carmen casper catherine cecilia celine chad chen clive connor cornelia craig curtis
  cynthia damian dana danielle darren dennis derek diego dolores dominic donna doris dylan edgar edith edward eileen
  elias elliot elsa enrique ernest esther ethan eugene evelyn fabian farid felicity flora florian frances franziska
  gareth gary gemma geoff gerald gina gloria gordon graham gustav gwen hakan harold harriet hazel hector helga hilda
  holly howard hussein ida igor imogen irene iris isaac ismail ivy jamal janet jared jeffrey jeremy jerome joan joanna
  joel jordan jorge josephine joyce judith julian juliet justin kamila karim karen keith kelly kenneth kerstin kirsten
  krishna kurt kyle latisha lars laszlo leah leila leonard leroy leslie lewis lillian logan lorenzo lorraine lotte
  lukas lydia mabel madison malcolm marcel margaret marina marlene marta marvin mathilde matthew maureen maurice
  melanie melissa meredith miguel milan mira mirjam mitchell moritz muriel nadine naomi natalie neil nicolas nicole
  nigel nikita norman oscar otto owen pamela patricia pauline pedro penelope percy philippa phoebe piotr preston
  quentin rafael ralph ramona randy raymond regina renate ricardo rita roberta roger roland roman ronald rosemary
  roxanne rudi rupert sabine sally salma samantha samuel saskia scott sean serena shane sharon sheila shirley sidney
  silvia sonja spencer stanley stephanie stuart sunita sybil sylvester tamara tanya teresa terry theo tiffany timothy
  toby tracy trevor ulrich ursula vanessa veronica vincent viola vivian walter wanda warren wilfred winston wolfgang
  yasmin yolanda yvonne zachary zainab`);
const LAST_NAMES =
  list(`abbott adams ahmed allen anderson baker bauer becker bell bennett berger bishop black boyd
  brooks burke campbell carter clarke cohen collins cooper cruz davies diaz dixon douglas edwards ellis evans fischer
  fletcher foster fox fraser garcia gibson gomez graham grant gray green griffin gupta hall hamilton harper harris
  hayes hoffmann holmes hughes hunt ito jackson jenkins johnson jordan kaur kelly kennedy khan klein knight koch
  kowalski lambert larsen lee lewis lopez lynch martinez mason meyer mitchell moore morgan murphy murray nakamura
  nelson nguyen novak olsen ortiz owens palmer parker patterson pereira perry peterson porter powell price ramirez
  reed reyes richards rivera roberts robinson rodriguez rogers rossi russell sanchez santos sato schneider schulz scott
  shaw silva simmons simpson singh stewart sullivan suzuki tanaka thompson torres tran turner vega wagner walker wang
  watson weber west williams wilson wong wood yamamoto young zimmermann`);
const PEOPLE =
  list(`accountant architect aunt bakery barber boss broker builder butcher carpenter chef cleaner cobbler
  colleague concierge cousin courier daycare decorator director driver electrician estate_agent farmer florist
  gardener godfather grandson granny gym headmaster janitor jeweller landlady lawyer library locksmith manager mechanic
  midwife nephew neighbour niece notary nurse optician painter pastor pediatrician physio piano_teacher plumber
  principal professor publisher roofer roommate secretary stepfather supplier surgeon tailor teacher therapist
  trainer travel_agency tutor upholsterer veterinarian warden`);
const ADJECTIVES =
  list(`amber ancient angry bitter blue bold brave bright broken burning calm careless cheap clear cold
  cosmic crazy crimson crooked dancing dark deep distant dusty early electric empty endless faded fallen fast fearless
  final first flying foolish forgotten free frozen gentle giant glass golden grand great green happy heavy hidden high
  hollow holy honest hungry infinite iron jolly kind last late lazy little lonely long lost loud lucky mad magic mighty
  modern naked narrow neon nervous new noisy northern old open orange pale perfect plain proud purple quick quiet rare
  raw red restless royal rusty sacred salty second secret shining silent silver simple sleepy slow small smooth soft
  southern spicy steady stolen strange strong sunny sweet tender third tiny tired true twisted velvet violet warm
  wasted western white wicked wild winter wooden yellow young`);
const NOUNS =
  list(`airport anchor angel apple arrow ashes autumn balcony banana bandit barn basket bear bell bicycle
  bird blanket blossom boat bottle box boy bread bridge brother bucket butterfly cabin cactus camera candle canyon
  carousel castle cat chair cherry child church circus city cliff clock cloud coast coffee comet compass corner country
  cowboy crow crown crystal dancer daughter dawn day desert devil diamond dinner doctor dog dollar dragon dream drum
  eagle earth echo elephant empire engine evening eye factory falcon family farmer father feather field fire fish flame
  flower forest fountain fox friend frog future garden ghost giant girl glove gold grass guitar hammer hand harbour heart
  heaven highway hill holiday home honey horizon horse hotel hour house hunter hurricane island jacket jungle key king
  kitchen kite knife ladder lake lantern lemon letter library light lion machine man map market meadow memory midnight
  mile milk mirror monday money monkey moon morning mother mountain movie music needle night number ocean orchard owl
  painter palace paper paradise parrot party path pencil people piano picture pilot pirate planet pocket poet pony
  potato prince promise queen rabbit rainbow raven rebel ribbon ring river road robot rocket rope rose saint sand
  saturday school sea shadow shelter ship shoe shore sister sky sleep smoke snake snow soldier song spider spring
  stable star station stone storm story stranger street summer sunday sunset supper swan table tailor tea teacher
  temple theatre thief thunder ticket tiger tower town toy trail train treasure tree truth tunnel uncle valley village
  violin voice wagon wall water wave weather wedding weekend whale wheel widow willow wind window winter wolf woman
  wonder word world yesterday zebra`);
const VERBS =
  list(`break build burn buy carry catch chase climb close count cross dance dig draw dream drink drive
  drop eat fall feel fight find fly follow forget give hear hide hold hug jump keep kiss know learn leave lift listen
  live look lose love make miss move need open paint play pray pull push read remember ride ring rise run save say see
  sell send shake shine sing sleep smile start stay steal stop swim take talk tell think throw touch turn wait wake
  walk want wash watch win wish write`);
const CHORES =
  list(`book bring buy call cancel charge check clean collect copy deliver drop_off email empty fetch fill_in
  find finish fix get go_to hand_in hang_up install iron look_for mail mow order pack paint pay phone pick_up plan
  prepare print put_out remove renew repair replace reply_to reserve return ring scan sell send sharpen sign
  sort_out submit sweep switch_off take take_back take_out tell thank throw_away tidy transfer turn_off unload update
  vacuum visit wash water weigh wrap write_to`);
const THINGS =
  list(`application attic bathroom battery bicycle bike_helmet bills boiler books boxes bread brakes cake
  camera car_seat carpet cat certificate chimney coat concert_tickets contract cot curtains diary dishwasher dog_food
  drill dry_cleaning eggs electrician fence fertiliser filter flat_white flights flowers forms freezer fridge fuse garage
  garden gas_bottle gift guitar_strings gutters haircut headphones hedge homework house_keys insurance invoice jacket
  kettle keys ladder lamp lawn letter light_bulbs loft luggage mattress medicine mortgage newspaper nappies oven
  package paint parcel passport permit phone_bill photos piano plants pool prescription present printer_paper
  projector radiator receipt recycling report roof running_shoes salad school_bag shelf shirts skis smoke_alarm snacks
  sofa stamps suitcase sun_cream swimming_costume tax_return tent tickets toilet_paper toothpaste towels toys trailer
  trousers umbrella vacuum_cleaner vase visa vitamins wallet wardrobe washing_powder watch wedding_dress wine`);
const EVENTS =
  list(`audition baptism board_meeting book_club breakfast budget_review carpool check_up chess_club
  christening colloquium committee cookery_class court_date dance_class debate demo dentist dress_fitting driving_test
  eye_test family_reunion farewell fire_drill fitting funeral gala garage_sale graduation guitar_lesson handover
  hearing hike housewarming induction interview inspection judo kick_off lab_test language_course lecture lunch
  marathon massage medical mot night_shift open_day opera orchestra outing panel parents'_evening physio picnic
  pilates poker_night quiz recital rehearsal retrospective retreat review sauna scan school_run sculpture_class seminar
  shift sleepover spa_day sprint_planning stag_night strategy_call surgery swimming tennis_match town_hall tutorial
  vaccination viewing volleyball webinar x_ray yoga`);
const TOPICS =
  list(`algebra ants argon atlantis ballet bamboo beethoven bees bronze buddhism cacao camels carbon chess
  climate comets coral cricket crocodiles darwin diabetes dna dolphins dragons ebola eclipses einstein electrons
  elephants euros evolution feudalism fjords flamenco fog fossils galaxies gandhi geysers giraffes glaciers gladiators
  gold hiccups homer honey hurricanes icebergs influenza insulin islam jupiter kangaroos kepler koalas lasers lava
  lightning lincoln magnetism malaria mammoths mars meteors mozart neon neptune newton octopuses opera origami owls
  oxygen ozone pandas papyrus pasteur penicillin pi picasso plankton plastic plutonium pollen porcelain pompeii quarks
  quicksand rabies radar rembrandt rhubarb rust saffron sarajevo saturn sharks silk sloths solar_panels sonar spiders
  stalin steam sugar tango taxes tides tofu tornadoes troy tsunamis tulips tuna unicorns uranium vaccines vampires
  vikings voltaire wasps whales yeast zeppelins zinc`);
const APPS =
  list(`audiomack beatport calm castbox discord earshot fizy gaana gmail google_podcasts groover headspace
  idagio joox kkbox librivox line lyra melon mixcloud moonbeam napster nugs overdrive podbean podimo pocketfm primephonic
  saavn skype snapchat songza storytel tiktok trebel twitch twitter vevo wavve wynk yandex_music zoom zvooq`);
const STREETS = list(
  'street road avenue lane drive close court place way square terrace boulevard crescent row hill',
);
const SHOPS =
  list(`arms bakery bar barn bazaar bistro books burgers cafe cellar cinema coffee_house corner deli diner
  gallery garage garden_centre grill house inn kitchen lodge lounge market motors museum noodles palace park pharmacy
  pizza pub sushi tavern theatre wine_bar`);
const STATIONS = list('radio fm rock jazz classic news talk hits soul gold country sport city');

const FREE_ITEMS = /^(?:reminder|calendar|question|news)\./;

/** @param sentence draws any sentence that people say, for what is dictated */
export function nameMaker(
  random: Random,
  sentence: () => string,
): (intent: Intent, slot: SlotName, instead: string) => string | undefined {
  const one = (from: readonly string[]) =>
    (from[Math.floor(random() * from.length)] ?? '').replaceAll('_', ' ');
  const any = (...kinds: readonly (() => string)[]) =>
    (kinds[Math.floor(random() * kinds.length)] ?? (() => ''))();
  const person = () =>
    any(
      () => one(FIRST_NAMES),
      () => one(FIRST_NAMES),
      () => `${one(FIRST_NAMES)} ${one(LAST_NAMES)}`,
      () => `${one(['doctor', 'mister', 'missus', 'miss', 'professor', 'uncle', 'aunt'])} ${one(LAST_NAMES)}`,
      () => `${one(['my', 'the', 'our', 'my'])} ${one(PEOPLE)}`,
      () => `${one(FIRST_NAMES)} from ${one(['work', 'school', 'yoga', 'the gym', 'church', 'football'])}`,
    );
  const title = () =>
    any(
      () => `${one(ADJECTIVES)} ${one(NOUNS)}`,
      () => `${one(['the', 'my', 'your', 'one', 'two', 'no'])} ${one(NOUNS)}`,
      () =>
        `${one(NOUNS)} ${one(['of', 'in', 'for', 'and', 'on', 'without', 'by', 'to'])} ${one(['the ', 'a ', ''])}${one(NOUNS)}`,
      () =>
        `${one(VERBS)} ${one(['me', 'it', 'you', 'the', 'my', 'us'])} ${one([...NOUNS, 'up', 'down', 'away', 'now', 'again'])}`,
      () =>
        `${one(NOUNS)} ${one(['days', 'nights', 'song', 'blues', 'are over', 'is coming', 'again', 'tonight'])}`,
      () => `${one(['i', 'we', 'you', "don't", "let's", 'when you', 'how to'])} ${one(VERBS)}`,
      () => one([...NOUNS, ...VERBS, ...ADJECTIVES]),
      () => `${one(ADJECTIVES)} ${one(ADJECTIVES)} ${one(NOUNS)}`,
    );
  const band = () =>
    any(
      person,
      () => `the ${one(ADJECTIVES)} ${one(NOUNS)}s`,
      () => `the ${one(NOUNS)}s`,
      () => `${one(FIRST_NAMES)} and the ${one(NOUNS)}s`,
      () => `${one(FIRST_NAMES)} ${one(LAST_NAMES)}`,
      title,
    );
  const street = () => `${one([...LAST_NAMES, ...NOUNS, ...ADJECTIVES])} ${one(STREETS)}`;
  const errand = () =>
    `${one(CHORES)} ${one(['the', 'my', 'some', 'a', "the kids'", ''])} ${one(THINGS)}`.replace('  ', ' ');
  const made: { readonly [slot in SlotName]?: () => string } = {
    contact: person,
    message_text: () => any(sentence, sentence, errand, () => `i ${one(VERBS)} the ${one(NOUNS)}`),
    song: title,
    album: title,
    artist: band,
    playlist: () =>
      any(
        title,
        () => `${one(NOUNS)} ${one(['mix', 'songs', 'hits', 'vibes', 'party', 'music'])}`,
        () => `songs for ${one(NOUNS)}`,
      ),
    podcast: () =>
      any(title, () => `the ${one([...NOUNS, ...TOPICS])} ${one(['show', 'hour', 'podcast', 'files'])}`),
    station: () =>
      any(
        () => `${one(STATIONS)} ${one([...NOUNS, ...LAST_NAMES])}`,
        () => `${one(NOUNS)} ${one(STATIONS)}`,
      ),
    app: () => one(APPS),
    destination: () =>
      any(
        street,
        () => `${Math.ceil(random() * 250)} ${street()}`,
        () => `${street()} ${Math.ceil(random() * 250)}`,
        () => `${one(FIRST_NAMES)}'s ${one(['house', 'place', 'flat', 'office', 'farm'])}`,
      ),
    waypoint: street,
    origin: street,
    poi_name: () =>
      any(
        () => `${one(LAST_NAMES)}'s ${one(SHOPS)}`,
        () => `${one(ADJECTIVES)} ${one(NOUNS)} ${one(SHOPS)}`,
        () => `${one(ADJECTIVES)} ${one(NOUNS)}`,
      ),
  };
  /** What is remembered, entered in a calendar or asked about is all called "item". */
  const item = (intent: Intent, instead: string) => {
    if (intent.startsWith('calendar.')) return one(EVENTS);
    if (intent.startsWith('news.')) return one([...TOPICS, ...THINGS]);
    if (intent.startsWith('question.'))
      return any(
        () => one(TOPICS),
        () => `the ${one(['history', 'capital', 'weight', 'inventor', 'age'])} of ${one(TOPICS)}`,
      );
    return /^(?:the|my) |^\S+$/.test(instead) ? `the ${one(THINGS)}` : errand();
  };
  return (intent, slot, instead) =>
    slot === 'item' ? (FREE_ITEMS.test(intent) ? item(intent, instead) : undefined) : made[slot]?.();
}

/**
 * A sentence with made-up names in a part of its open slots.
 * @param isFree whether a name may be trained: of what is held out to be measured, none is
 */
export function renamed(
  sentence: Sentence,
  make: ReturnType<typeof nameMaker>,
  isFree: (name: string) => boolean,
  random: Random,
): Sentence {
  const tokens: Token[] = [];
  for (let at = 0; at < sentence.tokens.length; at++) {
    const token = sentence.tokens[at];
    const { mention } = token ?? {};
    if (!token || !mention) {
      if (token) tokens.push(token);
      continue;
    }
    let end = at + 1;
    while (sentence.tokens[end]?.mention === mention) end++;
    const words = sentence.tokens.slice(at, end);
    const name =
      random() < 0.4
        ? make(sentence.intent, mention.name, words.map(({ text }) => text).join(' '))
        : undefined;
    if (name === undefined || name === '' || !isFree(name)) tokens.push(...words);
    else {
      const loose = hasLooseArticle(mention.name, name);
      tokens.push(
        ...name.split(' ').map((text, index): Token => (loose && index === 0 ? { text } : { text, mention })),
      );
    }
    at = end - 1;
  }
  return { ...sentence, tokens };
}
