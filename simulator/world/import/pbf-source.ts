/** OpenStreetMap's PBF format, block by block (https://wiki.openstreetmap.org/wiki/PBF_Format; osmformat.proto, fileformat.proto). */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { MapImportError, type MapSource, type MapVisitor, type Member, type Tags } from './map-source.ts';

/** Bytes; both limits stand in the format's description. */
const LARGEST_HEADER = 64 * 1024;
const LARGEST_BLOB = 32 * 1024 * 1024;
const SUPPORTED = new Set(['OsmSchema-V0.6', 'DenseNodes']);
/** Coordinates are stored in billionths of a degree. */
const NANO = 1e-9;

/** @param file path of an `.osm.pbf` file */
export function pbfSource(file: string): MapSource {
  return {
    read(visitor, onProgress) {
      const descriptor = open(file);
      try {
        const size = fstatSync(descriptor).size;
        let at = 0;
        let blobs = 0;
        while (at < size) {
          const length = bytes(descriptor, file, at, 4).readUInt32BE(0);
          if (length > LARGEST_HEADER) throw foreign(file);
          const { type, size: blobSize } = blobHeader(bytes(descriptor, file, at + 4, length), file);
          if (blobSize > LARGEST_BLOB) throw damaged(file, 'a block is larger than the format allows');
          const blob = bytes(descriptor, file, at + 4 + length, blobSize);
          if (blobs === 0 && type !== 'OSMHeader') throw foreign(file);
          if (type === 'OSMHeader') checkHeader(unpack(blob, file), file);
          if (type === 'OSMData') readBlock(unpack(blob, file), visitor, file);
          at += 4 + length + blobSize;
          blobs++;
          onProgress?.(at / size);
        }
        if (blobs === 0) throw foreign(file);
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

const foreign = (file: string) =>
  new MapImportError(
    'not-a-map',
    `${file} is no OpenStreetMap extract. Give an .osm.pbf file, for example of download.geofabrik.de, or GeoJSON.`,
  );
const damaged = (file: string, why: string, cause?: unknown) =>
  new MapImportError('damaged', `${file} is damaged: ${why}. Download it again.`, { cause });

function open(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (cause) {
    throw new MapImportError(
      'unreadable',
      `Cannot read ${file}. Give the path of an .osm.pbf or GeoJSON file.`,
      {
        cause,
      },
    );
  }
}

function bytes(descriptor: number, file: string, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  if (readSync(descriptor, buffer, 0, length, at) < length) throw damaged(file, 'it ends too early');
  return buffer;
}

/** Calls a function for each field of a message; what is wrong with the bytes is wrong with the file. */
function fields(data: Uint8Array, file: string, take: (field: number, reader: PbfReader) => void): void {
  const reader = new PbfReader(data);
  try {
    for (let field = reader.nextField(); field !== 0; field = reader.nextField()) {
      take(field, reader);
    }
  } catch (cause) {
    if (cause instanceof MapImportError) throw cause;
    throw damaged(file, 'a block cannot be read', cause);
  }
}

function blobHeader(data: Uint8Array, file: string): { type: string; size: number } {
  const header = { type: '', size: -1 };
  fields(data, file, (field, reader) => {
    if (field === 1) header.type = reader.readString();
    if (field === 3) header.size = reader.readVarint();
  });
  if (!/^[A-Za-z]+$/.test(header.type) || header.size < 0) throw foreign(file);
  return header;
}

/** The bytes in a blob. */
function unpack(data: Uint8Array, file: string): Uint8Array {
  let content: Uint8Array | undefined;
  fields(data, file, (field, reader) => {
    if (field === 1) content = reader.readBytes();
    if (field === 3) content = inflated(reader.readBytes(), file);
    if (field > 3)
      throw new MapImportError(
        'unsupported',
        `${file} is not packed with zlib. Convert it: osmium cat ${file} -o map.osm.pbf -f pbf,pbf_compression=zlib`,
      );
  });
  if (!content) throw damaged(file, 'a block is empty');
  return content;
}

function inflated(data: Uint8Array, file: string): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: LARGEST_BLOB });
  } catch (cause) {
    throw damaged(file, 'a block cannot be unpacked', cause);
  }
}

function checkHeader(data: Uint8Array, file: string): void {
  fields(data, file, (field, reader) => {
    if (field !== 4) return;
    const feature = reader.readString();
    if (!SUPPORTED.has(feature))
      throw new MapImportError(
        'unsupported',
        `${file} needs "${feature}", which is not supported. Give a plain extract.`,
      );
  });
}

/** What the elements of one block share. */
interface Block {
  readonly file: string;
  readonly strings: string[];
  granularity: number;
  latitude: number;
  longitude: number;
}

function readBlock(data: Uint8Array, visitor: MapVisitor, file: string): void {
  const block: Block = { file, strings: [], granularity: 100, latitude: 0, longitude: 0 };
  const groups: Uint8Array[] = [];
  fields(data, file, (field, reader) => {
    if (field === 1)
      fields(reader.readBytes(), file, (inner, table) => {
        if (inner === 1) block.strings.push(table.readString());
      });
    if (field === 2) groups.push(reader.readBytes());
    if (field === 17) block.granularity = reader.readVarint();
    if (field === 19) block.latitude = reader.readVarint(true);
    if (field === 20) block.longitude = reader.readVarint(true);
  });
  for (const group of groups) {
    fields(group, file, (field, reader) => {
      if (field === 1 && visitor.node) readNode(reader.readBytes(), block, visitor);
      if (field === 2 && visitor.node) readDense(reader.readBytes(), block, visitor);
      if (field === 3 && visitor.way) readWay(reader.readBytes(), block, visitor);
      if (field === 4 && visitor.relation) readRelation(reader.readBytes(), block, visitor);
    });
  }
}

const NO_TAGS: Tags = {};

function tagsOf(keys: readonly number[], values: readonly number[], { strings }: Block): Tags {
  if (keys.length === 0) return NO_TAGS;
  return Object.fromEntries(keys.map((key, i) => [strings[key] ?? '', strings[values[i] ?? 0] ?? '']));
}

const degrees = (value: number, offset: number, { granularity }: Block) =>
  NANO * (offset + granularity * value);

function readNode(data: Uint8Array, block: Block, visitor: MapVisitor): void {
  let [id, latitude, longitude] = [0, 0, 0];
  let keys: number[] = [];
  let values: number[] = [];
  fields(data, block.file, (field, reader) => {
    if (field === 1) id = reader.readSVarint();
    if (field === 2) keys = reader.readPackedVarint();
    if (field === 3) values = reader.readPackedVarint();
    if (field === 8) latitude = reader.readSVarint();
    if (field === 9) longitude = reader.readSVarint();
  });
  visitor.node?.(
    id,
    degrees(longitude, block.longitude, block),
    degrees(latitude, block.latitude, block),
    tagsOf(keys, values, block),
  );
}

/** Many nodes: each number the difference to the one before, the tags of all in one list, 0 after each node's. */
function readDense(data: Uint8Array, block: Block, visitor: MapVisitor): void {
  let ids: number[] = [];
  let latitudes: number[] = [];
  let longitudes: number[] = [];
  let tags: number[] = [];
  fields(data, block.file, (field, reader) => {
    if (field === 1) ids = reader.readPackedSVarint();
    if (field === 8) latitudes = reader.readPackedSVarint();
    if (field === 9) longitudes = reader.readPackedSVarint();
    if (field === 10) tags = reader.readPackedVarint();
  });
  if (latitudes.length !== ids.length || longitudes.length !== ids.length)
    throw damaged(block.file, 'a block has nodes without a place');
  let [id, latitude, longitude, next] = [0, 0, 0, 0];
  for (let i = 0; i < ids.length; i++) {
    id += ids[i] ?? 0;
    latitude += latitudes[i] ?? 0;
    longitude += longitudes[i] ?? 0;
    const keys: number[] = [];
    const values: number[] = [];
    for (; tags[next]; next += 2) {
      keys.push(tags[next] ?? 0);
      values.push(tags[next + 1] ?? 0);
    }
    next++;
    visitor.node?.(
      id,
      degrees(longitude, block.longitude, block),
      degrees(latitude, block.latitude, block),
      tagsOf(keys, values, block),
    );
  }
}

function readWay(data: Uint8Array, block: Block, visitor: MapVisitor): void {
  let id = 0;
  let keys: number[] = [];
  let values: number[] = [];
  let refs: number[] = [];
  fields(data, block.file, (field, reader) => {
    if (field === 1) id = reader.readVarint(true);
    if (field === 2) keys = reader.readPackedVarint();
    if (field === 3) values = reader.readPackedVarint();
    if (field === 8) refs = summed(reader.readPackedSVarint());
  });
  visitor.way?.(id, refs, tagsOf(keys, values, block));
}

const MEMBERS = ['node', 'way', 'relation'] as const;

function readRelation(data: Uint8Array, block: Block, visitor: MapVisitor): void {
  let id = 0;
  let keys: number[] = [];
  let values: number[] = [];
  let roles: number[] = [];
  let refs: number[] = [];
  let types: number[] = [];
  fields(data, block.file, (field, reader) => {
    if (field === 1) id = reader.readVarint(true);
    if (field === 2) keys = reader.readPackedVarint();
    if (field === 3) values = reader.readPackedVarint();
    if (field === 8) roles = reader.readPackedVarint();
    if (field === 9) refs = summed(reader.readPackedSVarint());
    if (field === 10) types = reader.readPackedVarint();
  });
  const members = refs.map((ref, i): Member => {
    return { type: MEMBERS[types[i] ?? 0] ?? 'node', ref, role: block.strings[roles[i] ?? 0] ?? '' };
  });
  visitor.relation?.(id, members, tagsOf(keys, values, block));
}

function summed(differences: readonly number[]): number[] {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
}
