import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';

export interface WrittenNode {
  readonly id: number;
  readonly at: readonly [longitude: number, latitude: number];
  readonly tags?: Readonly<Record<string, string>>;
}
export interface WrittenWay {
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}
export interface WrittenRelation {
  readonly id: number;
  readonly members: readonly { readonly ref: number; readonly role: string }[];
  readonly tags: Readonly<Record<string, string>>;
}
export interface WrittenMap {
  readonly nodes: readonly WrittenNode[];
  readonly ways: readonly WrittenWay[];
  readonly relations?: readonly WrittenRelation[];
}

const differences = (values: readonly number[]) => values.map((value, i) => value - (values[i - 1] ?? 0));

function message(write: (writer: PbfWriter) => void): Uint8Array {
  const writer = new PbfWriter();
  write(writer);
  return writer.finish();
}

function blob(type: string, data: Uint8Array): Buffer {
  const packed = deflateSync(data);
  const content = message((writer) => {
    writer.writeVarintField(2, data.length);
    writer.writeBytesField(3, packed);
  });
  const header = message((writer) => {
    writer.writeStringField(1, type);
    writer.writeVarintField(3, content.length);
  });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, content]);
}

/** A map in OpenStreetMap's PBF format, nodes dense but for the last, which stands alone; ways and relations in a block of their own. */
export function writePbf(
  map: WrittenMap,
  features: readonly string[] = ['OsmSchema-V0.6', 'DenseNodes'],
): Buffer {
  const header = message((writer) => {
    for (const feature of features) writer.writeStringField(4, feature);
    writer.writeStringField(16, 'a test');
  });
  return Buffer.concat([
    blob('OSMHeader', header),
    blob('OSMData', nodeBlock(map.nodes)),
    blob('OSMData', wayBlock(map)),
  ]);
}

class Strings {
  readonly list = [''];
  of(text: string): number {
    const known = this.list.indexOf(text);
    return known >= 0 ? known : this.list.push(text) - 1;
  }
  write(writer: PbfWriter): void {
    writer.writeBytesField(
      1,
      message((table) => {
        for (const text of this.list) table.writeStringField(1, text);
      }),
    );
  }
}

const nano = (degrees: number, granularity: number) => Math.round((degrees * 1e9) / granularity);

function nodeBlock(nodes: readonly WrittenNode[]): Uint8Array {
  const strings = new Strings();
  const dense = nodes.slice(0, -1);
  const tags = dense.flatMap(({ tags = {} }) => [
    ...Object.entries(tags).flatMap(([key, value]) => [strings.of(key), strings.of(value)]),
    0,
  ]);
  const group = message((writer) => {
    writer.writeBytesField(
      2,
      message((inner) => {
        inner.writePackedSVarint(1, differences(dense.map(({ id }) => id)));
        inner.writePackedSVarint(8, differences(dense.map(({ at }) => nano(at[1], 100))));
        inner.writePackedSVarint(9, differences(dense.map(({ at }) => nano(at[0], 100))));
        inner.writePackedVarint(10, tags);
      }),
    );
    const last = nodes.at(-1)!;
    writer.writeBytesField(
      1,
      message((inner) => {
        inner.writeSVarintField(1, last.id);
        inner.writePackedVarint(
          2,
          Object.keys(last.tags ?? {}).map((key) => strings.of(key)),
        );
        inner.writePackedVarint(
          3,
          Object.values(last.tags ?? {}).map((value) => strings.of(value)),
        );
        inner.writeSVarintField(8, nano(last.at[1], 100));
        inner.writeSVarintField(9, nano(last.at[0], 100));
      }),
    );
  });
  return message((writer) => {
    strings.write(writer);
    writer.writeBytesField(2, group);
  });
}

function wayBlock({ ways, relations = [] }: WrittenMap): Uint8Array {
  const strings = new Strings();
  const group = message((writer) => {
    for (const { id, refs, tags } of ways) {
      writer.writeBytesField(
        3,
        message((inner) => {
          inner.writeVarintField(1, id);
          inner.writePackedVarint(
            2,
            Object.keys(tags).map((key) => strings.of(key)),
          );
          inner.writePackedVarint(
            3,
            Object.values(tags).map((value) => strings.of(value)),
          );
          inner.writePackedSVarint(8, differences(refs));
        }),
      );
    }
    for (const { id, members, tags } of relations) {
      writer.writeBytesField(
        4,
        message((inner) => {
          inner.writeVarintField(1, id);
          inner.writePackedVarint(
            2,
            Object.keys(tags).map((key) => strings.of(key)),
          );
          inner.writePackedVarint(
            3,
            Object.values(tags).map((value) => strings.of(value)),
          );
          inner.writePackedVarint(
            8,
            members.map(({ role }) => strings.of(role)),
          );
          inner.writePackedSVarint(9, differences(members.map(({ ref }) => ref)));
          inner.writePackedVarint(
            10,
            members.map(() => 1),
          );
        }),
      );
    }
  });
  return message((writer) => {
    strings.write(writer);
    writer.writeBytesField(2, group);
    // After the elements, as the format allows.
    writer.writeVarintField(17, 100);
  });
}

/** The same map as GeoJSON, with the tags as properties. */
export function writeGeoJson({ nodes, ways }: WrittenMap): string {
  const at = new Map(nodes.map((node) => [node.id, node.at]));
  const points = nodes
    .filter(({ tags }) => tags)
    .map(({ at, tags }) => ({
      type: 'Feature',
      properties: tags,
      geometry: { type: 'Point', coordinates: at },
    }));
  const lines = ways.map(({ refs, tags }) => {
    const coordinates = refs.map((ref) => at.get(ref));
    const isRing = refs[0] === refs.at(-1) && tags.highway === undefined;
    return {
      type: 'Feature',
      properties: tags,
      geometry: isRing
        ? { type: 'Polygon', coordinates: [coordinates] }
        : { type: 'LineString', coordinates },
    };
  });
  return JSON.stringify({ type: 'FeatureCollection', features: [...points, ...lines] });
}
