import assert from 'node:assert/strict';
import fc from 'fast-check';
import { loadCity } from '../../../simulator/world/city.ts';
import { createWorld } from '../../../simulator/world/world.ts';
import type { FoundPlace, PlaceQuery } from '../../../vehicle/world.ts';

const city = loadCity();
const noon = Date.UTC(2026, 10, 23, 12, 30);
const night = Date.UTC(2026, 10, 23, 2, 30);
let now = noon;
const world = createWorld(city, { now: () => now });
const find = (query: Partial<PlaceQuery>) => world.places({ near: city.centre, ...query });
const metres = (a: FoundPlace, b: { at: readonly [number, number] }) =>
  world.ruler.distance([...a.at], [...b.at]);

/** What is said, and the name of the place that it means. */
const NAMES: Readonly<Record<string, string>> = {
  home: 'Home',
  'my house': 'Home',
  work: 'Work',
  'the office': 'Work',
  'my office': 'Work',
  'harbour coffee': 'Harbour Coffee',
  'harbor coffee': 'Harbour Coffee',
  'harber cofee': 'Harbour Coffee',
  'the daily bean': 'The Daily Bean',
  'daily been': 'The Daily Bean',
  'golden dragon': 'Golden Dragon',
  'the golden dragen': 'Golden Dragon',
  'jade gardens': 'Jade Garden',
  'bela napoly': 'Bella Napoli',
  'lindhaven general hospital': 'Lindhaven General Hospital',
  'general hospital': 'Lindhaven General Hospital',
  "st mary's hospital": "Saint Mary's Hospital",
  'university hospital': 'University Hospital',
  'the airport': 'Lindhaven Airport',
  'central station': 'Lindhaven Central Station',
  'opera house': 'Opera House',
  'the opera': 'Opera House',
  'maritime museum': 'Maritime Museum',
  'science center': 'Science Centre',
  'linden gallery': 'Linden Galleria',
  'the harbor mall': 'Harbour Mall',
  'grand harbour hotel': 'The Grand Harbour Hotel',
  'lighthouse hotel': 'The Lighthouse Hotel',
  'light house hotel': 'The Lighthouse Hotel',
  'fishermans table': "The Fisherman's Table",
  'lobster pot': 'The Lobster Pot',
  'starlite cinema': 'Starlight Cinema',
  'swimming pool': 'Harbour Swimming Pool',
  'seaview beach': 'Seaview Beach',
  'sea view beach': 'Seaview Beach',
  'the zoo': 'Lindhaven Zoo',
  cathedral: 'Lindhaven Cathedral',
  'botanic gardens': 'Botanic Garden',
  'linden park': 'Linden Park',
  'old town': 'Old Town',
  'abbey hill': 'Abbey Hill',
  'mill lane': 'Mill Lane',
  'mill lain': 'Mill Lane',
  'market street': 'Market Street',
  'north gate avenue': 'Northgate Avenue',
  'northgate ave': 'Northgate Avenue',
  'southgate avenue': 'Southgate Avenue',
  'the ring': 'Ring Motorway',
  'pizzeria roma': 'Pizzeria Roma',
  'peking palace': 'Peking Palace',
};

const ADDRESSES: Readonly<Record<string, string>> = {
  '12 mill lane': '12 Mill Lane',
  'mill lane 12': '12 Mill Lane',
  'mill lane twelve': '12 Mill Lane',
  'number twelve mill lane': '12 Mill Lane',
  'twenty three market street': '23 Market Street',
  '23 Market St': '23 Market Street',
  'one hundred and five south quay': '105 South Quay',
  'two hundred seven westgate avenue': '207 Westgate Avenue',
};

const KINDS: Readonly<Record<string, string>> = {
  'gas station': 'petrol_station',
  'a petrol station': 'petrol_station',
  'somewhere to charge': 'charging_station',
  'a charger': 'charging_station',
  'charging stations': 'charging_station',
  'somewhere to eat': 'restaurant',
  'a cup of coffee': 'coffee',
  'coffee shops': 'coffee',
  'a place to park': 'parking',
  'parking garage': 'parking',
  groceries: 'supermarket',
  'drug store': 'pharmacy',
  'cash machine': 'atm',
  bathroom: 'toilets',
  'police station': 'police',
  'train station': 'train_station',
  'place to stay': 'hotel',
  'emergency room': 'hospital',
  movies: 'cinema',
  'rest stop': 'rest_area',
};

const DISHES: Readonly<Record<string, string>> = {
  pizza: 'pizza',
  'a pizza place': 'pizza',
  'italian restaurant': 'italian',
  'some thai food': 'thai',
  sushi: 'japanese',
  'chinese restaurants': 'chinese',
  burgers: 'burger',
  'fish and chips': 'fish and chips',
};

describe('place search', () => {
  beforeEach(() => {
    now = noon;
  });

  for (const [said, name] of Object.entries({ ...NAMES, ...ADDRESSES })) {
    it(`[WORLD-10] "${said}" is ${name}`, () => {
      assert.equal(find({ text: said })[0]?.name, name);
    });
  }

  for (const [said, category] of Object.entries(KINDS)) {
    it(`[WORLD-11] "${said}" is the nearest of the kind ${category}, by text and by category`, () => {
      const found = find({ text: said });
      assert.ok(found.length > 0 && found.every((place) => place.category === category));
      const all = city.places
        .filter((place) => place.category === category)
        .map(({ at }) => world.ruler.distance([...city.centre], [...at]));
      // "garage" wishes for a roof, too.
      if (!said.includes('garage')) assert.equal(found[0]!.distance, Math.min(...all));
      assert.deepEqual(find({ category: said }), found);
    });
  }

  for (const [said, cuisine] of Object.entries(DISHES)) {
    it(`[WORLD-11] "${said}" is a place with ${cuisine} food`, () => {
      const found = find({ text: said });
      assert.ok(found.length > 0 && found.every(({ attributes }) => attributes.cuisine === cuisine));
    });
  }

  it('[WORLD-12] what is not there is not found, whatever is near', () => {
    for (const text of [
      'xyzzy plugh',
      'berlin',
      'the moon',
      'atlantis boulevard',
      '9999 mill lane',
      '12 nowhere crescent',
      'qwertz',
      '',
      '!!!',
      '12',
    ]) {
      assert.deepEqual(find({ text }), [], text);
    }
    assert.deepEqual(find({ category: 'submarine dock' }), []);
    assert.deepEqual(find({}), []);
  });

  it('[WORLD-12] no text makes the search throw or answer with places that have no distance', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40, unit: 'grapheme' }),
        fc.array(fc.string({ maxLength: 20 }), { maxLength: 2 }),
        (text, attributes) => {
          for (const place of find({ text, attributes })) assert.ok(Number.isFinite(place.distance));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('[WORLD-10] every place is found by its own name', () => {
    for (const place of city.places) assert.equal(find({ text: place.name })[0]?.id, place.id, place.name);
  });

  it('[WORLD-10] a letter lost or doubled inside a name does not lose the place', () => {
    const long = city.places.filter(({ name, category }) => category === 'restaurant' && name.length > 9);
    for (const place of long) {
      const longest = place.name.split(' ').reduce((a, b) => (b.length > a.length ? b : a));
      const i = place.name.indexOf(longest) + Math.ceil(longest.length / 2);
      const doubled = place.name.slice(0, i) + place.name.slice(i - 1);
      const lost = place.name.slice(0, i) + place.name.slice(i + 1);
      for (const text of [doubled, lost])
        assert.ok(
          find({ text }).some(({ id }) => id === place.id),
          text,
        );
    }
  });

  it('[WORLD-13] an address stands within 40 m of the house, and is the address of its place', () => {
    for (const place of city.places) {
      const [found] = find({ text: place.address });
      assert.equal(found?.address, place.address);
      assert.ok(metres(found, place) < 40, place.address);
      assert.match(world.address(found.at), /^\d+ /);
    }
  });

  it('[WORLD-14] wishes: nearest, cheapest, best', () => {
    const order = (found: readonly FoundPlace[], value: (place: FoundPlace) => number) => {
      assert.ok(found.length > 1);
      assert.deepEqual(
        found.map(value),
        found.map(value).toSorted((a, b) => a - b),
      );
    };
    order(find({ category: 'charger', attributes: ['nearest'] }), ({ distance }) => distance);
    order(find({ category: 'charger', attributes: ['cheapest'] }), ({ attributes }) =>
      Number(attributes.price),
    );
    order(
      find({ category: 'restaurant', attributes: ['best rated'] }),
      ({ attributes }) => -Number(attributes.rating),
    );
    order(find({ text: 'cheapest gas station' }), ({ attributes }) => Number(attributes.price));
  });

  it('[WORLD-14] wishes: open, around the clock, fast, free, plug, covered, stars, cuisine', () => {
    const all = (query: Partial<PlaceQuery>, holds: (place: FoundPlace) => boolean) => {
      const found = find({ limit: 50, ...query });
      assert.ok(found.length > 0 && found.every(holds), JSON.stringify(query));
    };
    now = night;
    assert.deepEqual(find({ category: 'museum', attributes: ['open now'] }), []);
    all({ category: 'pharmacy', attributes: ['open now'] }, ({ attributes }) => attributes.hours === '24/7');
    now = noon;
    // Museums rest on Mondays.
    assert.deepEqual(find({ category: 'museum', attributes: ['open now'] }), []);
    now = noon + 24 * 3_600_000;
    all(
      { category: 'museum', attributes: ['open now'] },
      ({ open, closes }) => open === true && closes === '18:00',
    );
    now = noon;
    all({ text: '24 hour pharmacy' }, ({ attributes }) => attributes.hours === '24/7');
    all(
      { category: 'charging station', attributes: ['with fast chargers'] },
      ({ attributes }) => Number(attributes.power) >= 50,
    );
    all({ text: 'fast charger' }, ({ attributes }) => Number(attributes.power) >= 50);
    all(
      { category: 'charger', attributes: ['at least 150 kilowatts'] },
      ({ attributes }) => Number(attributes.power) >= 150,
    );
    all(
      { category: 'charger', attributes: ['free stalls'] },
      ({ attributes }) => Number(attributes.free) > 0,
    );
    all({ category: 'charger', attributes: ['type two'] }, ({ attributes }) => attributes.plug === 'Type 2');
    all({ category: 'parking', attributes: ['covered'] }, ({ attributes }) => attributes.covered === true);
    all({ category: 'parking', attributes: ['free'] }, ({ attributes }) => attributes.price === 0);
    all({ category: 'hotel', attributes: ['four stars'] }, ({ attributes }) => Number(attributes.stars) >= 4);
    all(
      { category: 'restaurant', attributes: ['italian', 'cheap'] },
      ({ attributes }) => attributes.cuisine === 'italian' && Number(attributes.priceLevel) <= 2,
    );
  });

  it('[WORLD-15] one thing beside another', () => {
    const work = find({ text: 'work' })[0]!;
    for (const query of [{ text: 'pizza near work' }, { category: 'pizza', attributes: ['near work'] }]) {
      const found = find(query);
      assert.ok(found.length > 0);
      for (const place of found)
        assert.ok(metres(place, work) <= 1500 && place.attributes.cuisine === 'pizza');
    }
    const clause = find({ category: 'italian place', attributes: ['cheap', "near work that's open"] });
    assert.ok(clause.length > 0 && clause.every((place) => metres(place, work) <= 1500 && place.open));
    assert.equal(find({ text: 'parking near the cathedral' })[0]?.category, 'parking');
    assert.deepEqual(find({ text: 'zoo near the airport' }), []);
  });

  it('[WORLD-16] answers by list, nearest first where nothing else was asked for, no longer than wanted', () => {
    const found = find({ category: 'coffee', limit: 3 });
    assert.equal(found.length, 3);
    assert.ok(found[0]!.distance <= found[1]!.distance && found[1]!.distance <= found[2]!.distance);
    assert.equal(find({ category: 'coffee' }).length, 5);
  });

  it('[WORLD-17] answers tell why: a cheap Italian place near work that is open', () => {
    const [best] = find({ category: 'italian restaurant', attributes: ['cheap', 'near work', 'open'] });
    assert.ok(best && best.open);
    assert.equal(best.attributes.cuisine, 'italian');
    const kinds = best.why.map(({ is }) => is);
    assert.deepEqual(kinds.slice(0, 2), ['kind', 'near']);
    assert.ok(kinds.includes('cheap') && kinds.includes('open'), kinds.join());
    const near = best.why.find(({ is }) => is === 'near');
    assert.ok(near?.is === 'near' && near.place === 'Work' && near.distance <= 1500);
    const open = best.why.find(({ is }) => is === 'open');
    assert.ok(open?.is === 'open' && open.until === best.closes);
  });

  it('[WORLD-17] what is nearest says so, what is known by its name says so', () => {
    assert.deepEqual(
      find({ category: 'coffee' })[0]?.why.map(({ is }) => is),
      ['kind', 'nearest'],
    );
    assert.equal(find({ text: 'harbour coffee' })[0]?.why[0]?.is, 'name');
    const fast = find({ category: 'charger', attributes: ['with fast chargers'] })[0]!;
    assert.ok(fast.why.some((reason) => reason.is === 'fast' && reason.power === fast.attributes.power));
  });

  it('[WORLD-18] "on the way" lies along the route, the shortest detour first', () => {
    const to = find({ text: 'Lindhaven Airport' })[0]!;
    const route = world.route({ from: find({ text: 'Home' })[0]!.at, to, stops: [], options: [] })!;
    const found = find({
      category: 'charger',
      attributes: ['fast', 'on the way'],
      along: route.line,
      limit: 20,
    });
    assert.ok(found.length > 0);
    found.forEach((place, i) => {
      assert.ok(Number(place.attributes.power) >= 50);
      assert.ok(place.detour! <= 2500 && place.detour! >= (found[i - 1]?.detour ?? 0));
      assert.ok(place.why.some(({ is }) => is === 'on the way'));
    });
    // Without a route the nearest is the best guess.
    const [nearest] = find({ category: 'charger', attributes: ['on the way'] });
    assert.equal(nearest?.detour, undefined);
    assert.equal(nearest?.id, find({ category: 'charger' })[0]?.id);
  });

  it('[WORLD-19] a street name in two districts means both, and the district tells them apart', () => {
    const found = find({ text: 'church lane' });
    assert.equal(found.filter(({ name }) => name === 'Church Lane').length, 2);
    assert.equal(new Set(found.map(({ id }) => id)).size, found.length);
    for (const { name, address, id } of found.slice(0, 2)) {
      assert.match(address, /^Church Lane, ./);
      assert.equal(find({ text: address })[0]?.id, id);
      assert.equal(find({ text: address.replace(',', ' in') })[0]?.name, name);
    }
    const houses = find({ text: '4 church lane' });
    assert.equal(houses.length, 2);
    for (const { address } of houses) assert.equal(find({ text: address })[0]?.address, address);
  });

  it('[WORLD-21] whatever was found is found again by its id', () => {
    for (const text of ['coffee', 'church lane', '4 church lane', 'old town', 'heron lake', 'mill lane'])
      for (const { id, name, address } of find({ text })) {
        const again = world.place(id);
        assert.deepEqual([again?.name, again?.address], [name, address], id);
      }
    for (const id of ['', 'p99999', 'street:', 'street:Nowhere', 'address:12', 'address:0 Mill Lane'])
      assert.equal(world.place(id), undefined, id);
  });
});
