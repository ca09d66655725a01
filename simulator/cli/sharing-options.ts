import type { Command } from 'commander';

export interface SharingOptions {
  readonly host?: string | undefined;
  readonly share?: boolean | undefined;
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}

export const LOOPBACK = '127.0.0.1';

/** Adds `--host`, `--share`, `--certificate` and `--key`. */
export const withSharing = (command: Command): Command =>
  command
    .option('--host <address>', `address to listen on (${LOOPBACK}; with --share all of this machine)`)
    .option('--share', 'let others join from this network, by the addresses and the QR code that are printed')
    .option('--certificate <file>', 'for https: PEM; phones give no microphone without')
    .option('--key <file>', 'the private key of the certificate, PEM');
