/** A step of the build: what is said to the car that ships is learnt once, not whenever hearing starts. */
import { keepShippedDomain } from '../assistant/speech/shipped-domain.ts';
import { readParts } from './open-drive.ts';

keepShippedDomain(readParts().book);
