import { PbfReader, PbfWriter } from 'pbf';

/** Fields of onnx.proto3 that are read or written here. */
const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const NODE = { input: 1, output: 2, name: 3, operator: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, integer: 3, graph: 6, type: 20 } as const;
const INTEGER_ATTRIBUTE = 2;
const FLOAT = 1;
/** Wire type of texts, bytes and messages. */
const LENGTH_DELIMITED = 2;

const LOGITS = 'logits';

/**
 * The decoder as it is exported turns its whole output embedding (32,768 words) into floats again in each step, which
 * takes two thirds of the step's time and 54 MB. This gives the same graph with that product in 8-bit integers, by the
 * rule that the other layers are quantised by already (ONNX: DynamicQuantizeLinear, MatMulInteger).
 * @param model bytes of `decoder_model_merged.onnx`
 * @throws RangeError when the graph ends in something else
 */
export function withIntegerLogits(model: Uint8Array): Uint8Array {
  let changed = 0;
  const branch = (graph: Uint8Array): Uint8Array => {
    const nodes: Node[] = [];
    rewritten(graph, GRAPH_NODE, (bytes) => {
      nodes.push(readNode(bytes));
      return [bytes];
    });
    const product = nodes.find(({ operator, outputs }) => operator === 'MatMul' && outputs[0] === LOGITS);
    const weights = nodes.find(
      ({ operator, outputs }) => operator === 'DequantizeLinear' && outputs[0] === product?.inputs[1],
    );
    const [hidden] = product?.inputs ?? [];
    const [table, scale, zero] = weights?.inputs ?? [];
    if (!product || !weights || !hidden || !table || !scale || !zero)
      throw new RangeError(
        'The speech model ends in an unknown way. Install the packages of the lock file (npm ci).',
      );
    changed++;
    return rewritten(graph, GRAPH_NODE, (bytes) => {
      const { name } = readNode(bytes);
      if (name === weights.name) return [];
      return name === product.name ? integerProduct({ hidden, table, scale, zero }) : [bytes];
    });
  };
  const whole = rewritten(model, MODEL_GRAPH, (graph) => [
    rewritten(graph, GRAPH_NODE, (node) => [
      rewritten(node, NODE.attribute, (attribute) => [
        rewritten(attribute, ATTRIBUTE.graph, (inner) => [branch(inner)]),
      ]),
    ]),
  ]);
  if (changed === 0)
    throw new RangeError('The speech model has no branches. Install the packages of the lock file (npm ci).');
  return whole;
}

interface Node {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

function readNode(bytes: Uint8Array): Node {
  const node = { name: '', operator: '', inputs: [] as string[], outputs: [] as string[] };
  new PbfReader(bytes).readFields((field, _, reader) => {
    if (field === NODE.input) node.inputs.push(reader.readString());
    else if (field === NODE.output) node.outputs.push(reader.readString());
    else if (field === NODE.name) node.name = reader.readString();
    else if (field === NODE.operator) node.operator = reader.readString();
  }, undefined);
  return node;
}

/** The nodes that multiply in integers what one multiplied in floats. */
function integerProduct(of: {
  readonly hidden: string;
  readonly table: string;
  readonly scale: string;
  readonly zero: string;
}): readonly Uint8Array[] {
  return [
    node('DynamicQuantizeLinear', [of.hidden], ['logits/input', 'logits/input_scale', 'logits/input_zero']),
    node('MatMulInteger', ['logits/input', of.table, 'logits/input_zero', of.zero], ['logits/integer']),
    node('Cast', ['logits/integer'], ['logits/float'], { to: FLOAT }),
    node('Mul', ['logits/input_scale', of.scale], ['logits/scale']),
    node('Mul', ['logits/float', 'logits/scale'], [LOGITS]),
  ];
}

function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, number>> = {},
): Uint8Array {
  const writer = new PbfWriter();
  for (const input of inputs) writer.writeStringField(NODE.input, input);
  for (const output of outputs) writer.writeStringField(NODE.output, output);
  writer.writeStringField(NODE.name, `logits/${operator}/${outputs.join()}`);
  writer.writeStringField(NODE.operator, operator);
  for (const [name, value] of Object.entries(attributes)) {
    const attribute = new PbfWriter();
    attribute.writeStringField(ATTRIBUTE.name, name);
    attribute.writeVarintField(ATTRIBUTE.integer, value);
    attribute.writeVarintField(ATTRIBUTE.type, INTEGER_ATTRIBUTE);
    writer.writeBytesField(NODE.attribute, attribute.finish());
  }
  return writer.finish();
}

/** A message in which each `field` stands as what `change` makes of it; all else keeps its bytes and its order. */
function rewritten(
  message: Uint8Array,
  field: number,
  change: (bytes: Uint8Array) => readonly Uint8Array[],
): Uint8Array {
  const pieces: Uint8Array[] = [];
  const reader = new PbfReader(message);
  while (reader.pos < reader.length) {
    const from = reader.pos;
    const tag = reader.readVarint();
    if (tag >> 3 !== field) {
      reader.skip(tag);
      pieces.push(message.subarray(from, reader.pos));
      continue;
    }
    if ((tag & 7) !== LENGTH_DELIMITED)
      throw new RangeError(`Field ${field} of the speech model holds no message.`);
    for (const bytes of change(reader.readBytes())) {
      const head = new PbfWriter();
      head.writeVarint(tag);
      head.writeVarint(bytes.length);
      pieces.push(head.finish(), bytes);
    }
  }
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
