import assert from 'node:assert/strict';
import { join } from 'node:path';
import { GroundShapes, CORNER, areaCorners, LAYERS } from '../../../dashboard/street/ground-shapes.ts';
import { HOUSE, LAMP, layRoadside, TREE, type Roadside } from '../../../dashboard/street/roadside.ts';
import {
  createStreetPlan,
  PROFILES,
  TILE,
  type Piece,
  type StreetPlan,
} from '../../../dashboard/street/street-plan.ts';
import { loadCity } from '../../../simulator/world/city.ts';
import { worldMap } from '../../../simulator/world/world.ts';

const map = worldMap(loadCity(join(import.meta.dirname, '../../../simulator/world/data/city.json')));

function* groups(numbers: readonly number[], stride: number): Generator<readonly number[]> {
  for (let i = 0; i < numbers.length; i += stride) yield numbers.slice(i, i + stride);
}

describe('dashboard/street: what stands beside the road', () => {
  let plan: StreetPlan;
  /** Tiles from the middle of town to its edge. */
  const sides: Roadside[] = [];
  let tiles: (readonly [number, number])[] = [];
  before(() => {
    plan = createStreetPlan(map);
    const home = map.places.find(({ name }) => name === 'Home');
    assert.ok(home);
    const [x, y] = plan.project(home.at);
    const [column, row] = [Math.floor(x / TILE), Math.floor(y / TILE)];
    tiles = Array.from({ length: 12 }, (_, i) => [column - i, row] as const);
    sides.push(...tiles.map(([c, r]) => layRoadside(plan, c, r)));
  });

  it('[PAGE-70] no house stands on a road, in water or in a park; trees and lamps stand off the road', () => {
    const houses = sides.flatMap((side) => [...groups(side.houses, HOUSE)]);
    assert.ok(houses.length > 60, `${houses.length} houses`);
    for (const [x = 0, y = 0, angle = 0, , width = 0, , depth = 0] of houses) {
      for (const [across, along] of [
        [0, 0],
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1],
      ] as const) {
        const [dx, dz] = [(along * width) / 2, (across * depth) / 2];
        const px = x + dx * Math.cos(angle) + dz * Math.sin(angle);
        const py = y - dx * Math.sin(angle) + dz * Math.cos(angle);
        assert.ok(plan.kerb(px, py).gap > 1, `a house ${plan.kerb(px, py).gap} m from a kerb`);
        assert.ok(!plan.isIn('water', px, py) && !plan.isIn('park', px, py));
      }
    }
    for (const [x = 0, y = 0] of sides.flatMap((side) => [...groups(side.trees, TREE)]))
      assert.ok(plan.kerb(x, y).gap > 1);
    for (const [x = 0, y = 0] of sides.flatMap((side) => [...groups(side.lamps, LAMP)]))
      assert.ok(plan.kerb(x, y).gap >= 0.5);
  });

  it('[PAGE-70] it is the same each time, and of another plan of the same map', () => {
    const again = createStreetPlan(map);
    tiles.forEach(([column, row], i) => {
      assert.deepEqual(layRoadside(again, column, row), sides[i]);
    });
  });

  it('[PAGE-70] every piece of street belongs to one tile; between junctions the way is counted from the one to the other', () => {
    const seen = new Set<string>();
    let count = 0;
    for (let column = -4; column < 70; column++) {
      for (let row = -4; row < 60; row++) {
        for (const { street, from } of plan.piecesOf(column, row)) {
          seen.add(`${street.index} ${from}`);
          count += 1;
        }
      }
    }
    assert.equal(count, seen.size);
    assert.equal(
      count,
      plan.streets.reduce((sum, { stations }) => sum + stations.length - 1, 0),
    );
    const street = plan.streets.find(({ kind, junctions }) => kind === 'primary' && junctions.length > 3);
    assert.ok(street);
    const [one, two] = street.junctions;
    assert.ok(one && two);
    const from = street.stations.findIndex(({ along }) => along >= one.along);
    const shapes = new GroundShapes();
    shapes.addPiece({ street, from });
    const corners = shapes.layers[LAYERS.indexOf('primary')] ?? [];
    const [, , across = 0, along = 0, , half, since = 0, to = 0] = corners.slice(0, CORNER);
    assert.equal(Math.abs(across), half);
    assert.ok(Math.abs(since - (along - one.along - one.clear)) < 1e-6 && since < 0, 'nothing at a junction');
    assert.ok(Math.abs(to - (two.along - along - two.clear)) < 1e-6);
  });

  it('[PAGE-70] ribbons keep the width of their street, and areas their size', () => {
    const piece: Piece | undefined = plan.piecesNear(...plan.project(map.places[0]!.at))[0];
    assert.ok(piece);
    const shapes = new GroundShapes();
    shapes.addPiece(piece);
    const corners = [...groups(shapes.layers[LAYERS.indexOf(piece.street.kind)] ?? [], CORNER)];
    const [[ax = 0, ay = 0] = [], [bx = 0, by = 0] = []] = corners;
    const width = 2 * PROFILES[piece.street.kind].half;
    const wide = Math.hypot(ax - bx, ay - by);
    assert.ok(wide >= width - 0.01 && wide <= 2 * width + 0.01, `${wide}`);
    const ring = [
      [0, 0],
      [100, 0],
      [100, 50],
      [0, 50],
      [0, 0],
    ] as const;
    const flat = [...groups(areaCorners({ kind: 'park', ring, box: [0, 0, 100, 50] }), CORNER)];
    let area = 0;
    for (let i = 0; i < flat.length; i += 3) {
      const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = [], [x3 = 0, y3 = 0] = []] = flat.slice(i, i + 3);
      area += Math.abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2;
    }
    assert.ok(Math.abs(area - 5_000) < 1e-6);
  });
});
