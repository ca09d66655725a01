import { carMessages } from './car.ts';
import { conversationMessages } from './conversation.ts';
import { demoMessages } from './demo.ts';
import { microphoneMessages } from './microphone.ts';
import { pageMessages } from './page.ts';
import { panelMessages } from './panels.ts';
import { signalMessages } from './signals.ts';

/** All that the page says, by key: an area's messages stand in a file of their own and begin with its name. */
export const messages = {
  ...pageMessages,
  ...panelMessages,
  ...carMessages,
  ...conversationMessages,
  ...microphoneMessages,
  ...demoMessages,
  ...signalMessages,
} as const;
