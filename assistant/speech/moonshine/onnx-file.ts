import { PbfReader, PbfWriter } from 'pbf';

/** Fields of onnx.proto3 that are read or written here. */
const MODEL = { version: 1, graph: 7, operators: 8 } as const;
const OPERATORS = { domain: 1, version: 2 } as const;
const GRAPH = { node: 1, name: 2, tensor: 5, input: 11, output: 12 } as const;
const NODE = { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 } as const;
const ATTRIBUTE = { name: 1, float: 2, integer: 3, graph: 6, integers: 8, type: 20 } as const;
const ATTRIBUTE_TYPE = { float: 1, integer: 2, integers: 7 } as const;
const TENSOR = { dims: 1, type: 2, floats: 4, integers: 5, name: 8, raw: 9 } as const;
const VALUE = { name: 1, type: 2 } as const;
const TENSOR_TYPE = 1;
const ELEMENT = { type: 1, shape: 2 } as const;
const DIMENSION = 1;

/** What the numbers of a tensor are, by ONNX's own numbers. */
export const ELEMENTS = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const;
export type Element = keyof typeof ELEMENTS;

export interface OnnxTensor {
  readonly element: number;
  readonly dims: readonly number[];
  /** Its numbers, little-endian. */
  readonly data: Uint8Array;
}

export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** What is in an ONNX file: the nodes of its branches, too. */
export interface OnnxContents {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: ReadonlyMap<string, OnnxTensor>;
}

/** @throws RangeError for what is no such file */
export function readOnnx(model: Uint8Array): OnnxContents {
  const nodes: OnnxNode[] = [];
  const tensors = new Map<string, OnnxTensor>();
  const readGraph = (bytes: Uint8Array): void =>
    fields(bytes, (field, reader) => {
      if (field === GRAPH.node) readNode(reader.readBytes());
      else if (field === GRAPH.tensor) {
        const [name, tensor] = readTensor(reader.readBytes());
        tensors.set(name, tensor);
      }
    });
  const readNode = (bytes: Uint8Array): void => {
    const node = { name: '', operator: '', inputs: [] as string[], outputs: [] as string[] };
    nodes.push(node);
    fields(bytes, (field, reader) => {
      if (field === NODE.input) node.inputs.push(reader.readString());
      else if (field === NODE.output) node.outputs.push(reader.readString());
      else if (field === NODE.name) node.name = reader.readString();
      else if (field === NODE.operator) node.operator = reader.readString();
      else if (field === NODE.attribute)
        fields(reader.readBytes(), (part, attribute) => {
          if (part === ATTRIBUTE.graph) readGraph(attribute.readBytes());
        });
    });
  };
  try {
    fields(model, (field, reader) => {
      if (field === MODEL.graph) readGraph(reader.readBytes());
    });
  } catch (error) {
    throw new RangeError(
      'This is no ONNX model, or a damaged one. Install the packages of the lock file (npm ci).',
      {
        cause: error,
      },
    );
  }
  return { nodes, tensors };
}

function readTensor(bytes: Uint8Array): [string, OnnxTensor] {
  const tensor = { element: 0, dims: [] as number[], data: new Uint8Array() as Uint8Array };
  let name = '';
  fields(bytes, (field, reader) => {
    if (field === TENSOR.name) name = reader.readString();
    else if (field === TENSOR.type) tensor.element = reader.readVarint();
    else if (field === TENSOR.dims) reader.readPackedVarint(tensor.dims);
    else if (field === TENSOR.raw) tensor.data = reader.readBytes();
    else if (field === TENSOR.floats)
      tensor.data = new Uint8Array(Float32Array.from(reader.readPackedFloat()).buffer);
    // Bytes that are not raw stand one in an integer each.
    else if (field === TENSOR.integers) tensor.data = Uint8Array.from(reader.readPackedVarint([], true));
  });
  return [name, tensor];
}

/** What `read` does not read is skipped. */
function fields(message: Uint8Array, read: (field: number, reader: PbfReader) => void): void {
  new PbfReader(message).readFields((field, _, reader) => read(field, reader), undefined);
}

/** A number, or several. */
type Attributes = Readonly<Record<string, number | { readonly float: number } | readonly number[]>>;

/** Operators that are not of the standard are of ONNX Runtime. */
const RUNTIME = 'com.microsoft';
/** Version of the operators: the first whose layer normalisation is one node. */
const STANDARD_VERSION = 17;
const FILE_VERSION = 8;

/** Writes an ONNX file, node by node. */
export class OnnxGraph {
  readonly #nodes: Uint8Array[] = [];
  readonly #tensors: Uint8Array[] = [];
  readonly #inputs: Uint8Array[] = [];
  readonly #outputs: Uint8Array[] = [];
  #named = 0;

  /** @param dims lengths; a name where the length is not known */
  input(name: string, element: Element, dims: readonly (number | string)[]): string {
    this.#inputs.push(valueOf(name, element, dims));
    return name;
  }

  /** @param value what comes out under that name */
  output(name: string, value: string, element: Element, dims: readonly (number | string)[]): void {
    this.#nodes.push(nodeOf('Identity', [value], [name], {}, ''));
    this.#outputs.push(valueOf(name, element, dims));
  }

  /** Numbers that stand in the file. @returns their name */
  tensor(element: Element, dims: readonly number[], data: Uint8Array): string {
    const name = this.#name('tensor');
    const writer = new PbfWriter();
    writer.writePackedVarint(TENSOR.dims, [...dims]);
    writer.writeVarintField(TENSOR.type, ELEMENTS[element]);
    writer.writeStringField(TENSOR.name, name);
    writer.writeBytesField(TENSOR.raw, data);
    this.#tensors.push(writer.finish());
    return name;
  }

  floats(values: ArrayLike<number>, dims: readonly number[] = [values.length]): string {
    return this.tensor('float', dims, new Uint8Array(Float32Array.from(values).buffer));
  }

  integers(...values: readonly number[]): string {
    return this.tensor(
      'int64',
      [values.length],
      new Uint8Array(BigInt64Array.from(values, (value) => BigInt(value)).buffer),
    );
  }

  /** @returns the name of its only output */
  node(operator: string, inputs: readonly string[], attributes: Attributes = {}, domain = ''): string {
    const name = this.#name(operator);
    this.#nodes.push(nodeOf(operator, inputs, [name], attributes, domain));
    return name;
  }

  /** A node of ONNX Runtime's own. */
  runtimeNode(operator: string, inputs: readonly string[]): string {
    return this.node(operator, inputs, {}, RUNTIME);
  }

  /** A node with several outputs. @param outputs as many as it has @returns their names */
  nodes<const Outputs extends readonly unknown[]>(
    operator: string,
    inputs: readonly string[],
    outputs: Outputs,
    attributes: Attributes = {},
  ): { readonly [Index in keyof Outputs]: string } {
    const names = outputs.map(() => this.#name(operator));
    this.#nodes.push(nodeOf(operator, inputs, names, attributes, ''));
    return names as { [Index in keyof Outputs]: string };
  }

  /** Parts of these lengths. @returns their names */
  split<const Lengths extends readonly number[]>(
    value: string,
    axis: number,
    lengths: Lengths,
  ): { readonly [Index in keyof Lengths]: string } {
    return this.nodes('Split', [value, this.integers(...lengths)], lengths, { axis });
  }

  bytes(): Uint8Array {
    const graph = new PbfWriter();
    graph.writeStringField(GRAPH.name, 'graph');
    for (const [field, messages] of [
      [GRAPH.node, this.#nodes],
      [GRAPH.tensor, this.#tensors],
      [GRAPH.input, this.#inputs],
      [GRAPH.output, this.#outputs],
    ] as const)
      for (const message of messages) graph.writeBytesField(field, message);
    const model = new PbfWriter();
    model.writeVarintField(MODEL.version, FILE_VERSION);
    for (const [domain, version] of [
      ['', STANDARD_VERSION],
      [RUNTIME, 1],
    ] as const) {
      const operators = new PbfWriter();
      operators.writeStringField(OPERATORS.domain, domain);
      operators.writeVarintField(OPERATORS.version, version);
      model.writeBytesField(MODEL.operators, operators.finish());
    }
    model.writeBytesField(MODEL.graph, graph.finish());
    return model.finish();
  }

  #name(what: string): string {
    return `${what}/${this.#named++}`;
  }
}

function nodeOf(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Attributes,
  domain: string,
): Uint8Array {
  const writer = new PbfWriter();
  for (const input of inputs) writer.writeStringField(NODE.input, input);
  for (const output of outputs) writer.writeStringField(NODE.output, output);
  writer.writeStringField(NODE.name, outputs.join());
  writer.writeStringField(NODE.operator, operator);
  writer.writeStringField(NODE.domain, domain);
  for (const [name, value] of Object.entries(attributes)) {
    const attribute = new PbfWriter();
    attribute.writeStringField(ATTRIBUTE.name, name);
    if (typeof value === 'number') {
      attribute.writeVarintField(ATTRIBUTE.integer, value);
      attribute.writeVarintField(ATTRIBUTE.type, ATTRIBUTE_TYPE.integer);
    } else if ('float' in value) {
      attribute.writeFloatField(ATTRIBUTE.float, value.float);
      attribute.writeVarintField(ATTRIBUTE.type, ATTRIBUTE_TYPE.float);
    } else {
      for (const one of value) attribute.writeVarintField(ATTRIBUTE.integers, one);
      attribute.writeVarintField(ATTRIBUTE.type, ATTRIBUTE_TYPE.integers);
    }
    writer.writeBytesField(NODE.attribute, attribute.finish());
  }
  return writer.finish();
}

function valueOf(name: string, element: Element, dims: readonly (number | string)[]): Uint8Array {
  const shape = new PbfWriter();
  for (const dim of dims) {
    const dimension = new PbfWriter();
    if (typeof dim === 'number') dimension.writeVarintField(1, dim);
    else dimension.writeStringField(2, dim);
    shape.writeBytesField(DIMENSION, dimension.finish());
  }
  const tensor = new PbfWriter();
  tensor.writeVarintField(ELEMENT.type, ELEMENTS[element]);
  tensor.writeBytesField(ELEMENT.shape, shape.finish());
  const type = new PbfWriter();
  type.writeBytesField(TENSOR_TYPE, tensor.finish());
  const value = new PbfWriter();
  value.writeStringField(VALUE.name, name);
  value.writeBytesField(VALUE.type, type.finish());
  return value.finish();
}
