import { readFile, stat } from 'node:fs/promises';
import { SpeechError } from '../../assistant/speech/transcriber.ts';
import { readWav } from '../../assistant/speech/wav.ts';
import { openDrive } from '../open-drive.ts';
import { carryOut } from './carry-out.ts';
import { EXIT, explainFailure } from './exit.ts';
import type { ListenOptions } from './main.ts';
import { describe, exitStatus } from './report.ts';
