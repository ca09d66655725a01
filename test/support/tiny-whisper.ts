import { mulberry32 } from '../../simulator/world/random.ts';

/** Sizes of a Whisper model that whisper.cpp loads, each as small as it may be. */
const STATE = 16;
const HEADS = 2;
const AUDIO_LAYERS = 1;
const TEXT_LAYERS = 1;
const AUDIO_CONTEXT = 300;
const TEXT_CONTEXT = 448;
const MELS = 80;
const FREQUENCIES = 201;
/** Of the English models; the tokens below have fixed numbers in whisper.cpp. */
const VOCABULARY = 51_864;
const END_OF_TEXT = 50_256;
const FIRST_TIMESTAMP = 50_363;
/** The end of the 30 s that Whisper looks at: nothing is left to be heard after it. */
const LAST_TIMESTAMP = FIRST_TIMESTAMP + 1500;

const MAGIC = 0x67676d6c;
const FLOAT_32 = 0;
const FLOAT_16 = 1;
/** Makes one token certain: the logits of the others are near zero. */
const CERTAINTY = 6;

/**
 * A model file in whisper.cpp's format (ggml) whose weights are random, except that its decoder's positions are those
 * of a sentence: whatever it hears, it says that sentence. So all of whisper.cpp runs, and what it must answer is known.
 * @param pieces the sentence as tokens; one that begins with a space begins a word
 */
export function tinyWhisperModel(pieces: readonly string[], seed = 1): Buffer {
  const random = mulberry32(seed);
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const noise = (length: number, size = 0.05) => Float32Array.from({ length }, () => size * gaussian());
  const parts: Buffer[] = [];
  const integers = (...values: number[]) => {
    parts.push(Buffer.from(new Int32Array(values).buffer));
  };
  const tensor = (name: string, shape: readonly number[], data: Float32Array, type = FLOAT_32) => {
    integers(shape.length, Buffer.byteLength(name), type, ...shape);
    parts.push(Buffer.from(name));
    parts.push(type === FLOAT_16 ? halves(data) : Buffer.from(data.buffer));
  };
  const vector = (name: string, length = STATE) => {
    tensor(name, [length], noise(length));
  };
  const matrix = (name: string, columns = STATE, rows = STATE) => {
    tensor(name, [columns, rows], noise(columns * rows), FLOAT_16);
  };

  integers(MAGIC, VOCABULARY, AUDIO_CONTEXT, STATE, HEADS, AUDIO_LAYERS);
  integers(TEXT_CONTEXT, STATE, HEADS, TEXT_LAYERS, MELS, FLOAT_16);
  integers(MELS, FREQUENCIES);
  parts.push(Buffer.from(noise(MELS * FREQUENCIES).map(Math.abs).buffer));
  // whisper.cpp looks a lone space up, and makes the tokens that are missing by itself.
  const words = [' ', ...pieces];
  integers(words.length);
  for (const word of words) {
    integers(Buffer.byteLength(word));
    parts.push(Buffer.from(word));
  }

  tensor('encoder.positional_embedding', [STATE, AUDIO_CONTEXT], noise(STATE * AUDIO_CONTEXT));
  tensor('encoder.conv1.weight', [3, MELS, STATE], noise(3 * MELS * STATE), FLOAT_16);
  tensor('encoder.conv1.bias', [1, STATE], noise(STATE));
  tensor('encoder.conv2.weight', [3, STATE, STATE], noise(3 * STATE * STATE), FLOAT_16);
  tensor('encoder.conv2.bias', [1, STATE], noise(STATE));
  vector('encoder.ln_post.weight');
  vector('encoder.ln_post.bias');
  const block = (name: string, attentions: readonly string[]) => {
    for (const attention of attentions) {
      for (const part of ['query', 'key', 'value', 'out']) {
        matrix(`${name}.${attention}.${part}.weight`);
        if (part !== 'key') vector(`${name}.${attention}.${part}.bias`);
      }
      vector(`${name}.${attention}_ln.weight`);
      vector(`${name}.${attention}_ln.bias`);
    }
    matrix(`${name}.mlp.0.weight`, STATE, 4 * STATE);
    vector(`${name}.mlp.0.bias`, 4 * STATE);
    matrix(`${name}.mlp.2.weight`, 4 * STATE, STATE);
    vector(`${name}.mlp.2.bias`);
    vector(`${name}.mlp_ln.weight`);
    vector(`${name}.mlp_ln.bias`);
  };
  for (let layer = 0; layer < AUDIO_LAYERS; layer++) block(`encoder.blocks.${layer}`, ['attn']);
  for (let layer = 0; layer < TEXT_LAYERS; layer++) block(`decoder.blocks.${layer}`, ['attn', 'cross_attn']);

  const spoken = pieces.map((_, index) => index + 1);
  const sentence = [FIRST_TIMESTAMP, ...spoken, LAST_TIMESTAMP, END_OF_TEXT];
  const embeddings = new Float32Array(VOCABULARY * STATE);
  for (const token of sentence) embeddings.set(noise(STATE, 1), token * STATE);
  const positions = new Float32Array(STATE * TEXT_CONTEXT);
  for (let position = 0; position < TEXT_CONTEXT; position++) {
    const token = sentence[position] ?? END_OF_TEXT;
    const embedding = embeddings.subarray(token * STATE, (token + 1) * STATE);
    positions.set(
      embedding.map((value) => CERTAINTY * value),
      position * STATE,
    );
  }
  tensor('decoder.positional_embedding', [STATE, TEXT_CONTEXT], positions);
  tensor('decoder.token_embedding.weight', [STATE, VOCABULARY], embeddings, FLOAT_16);
  tensor('decoder.ln.weight', [STATE], new Float32Array(STATE).fill(CERTAINTY));
  tensor('decoder.ln.bias', [STATE], new Float32Array(STATE));
  return Buffer.concat(parts);
}

/** As IEEE 754 half precision, cut off rather than rounded; what is too small becomes zero. */
function halves(values: Float32Array): Buffer {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const half = new Uint16Array(values.length);
  bits.forEach((bit, index) => {
    const exponent = ((bit >>> 23) & 0xff) - 127 + 15;
    if (exponent > 0) half[index] = ((bit >>> 16) & 0x8000) | (exponent << 10) | ((bit >>> 13) & 0x3ff);
  });
  return Buffer.from(half.buffer);
}
