import { Option, type Command } from 'commander';
import type { ModelsOptions, PullOptions } from './models.ts';

const registry = () =>
  new Option('--registry <file>', 'a list of models of your own, in the form of the shipped models.yaml');
const json = () => new Option('--json', 'print JSON');

/** Adds `models` with its own commands. */
export function addModels(program: Command): void {
  const models = program.command('models').description('models for Whisper, which hears any words');
  models
    .command('list')
    .description('what can be had, and what is here')
    .addOption(registry())
    .addOption(json())
    .action(async (options: ModelsOptions) => {
      const { listModels } = await import('./models.ts');
      listModels(options);
    });
  models
    .command('pull')
    .description('bring a model, and build what hears with it: once, with make and a C++ compiler')
    .argument('<name>', 'such as whisper-base.en, see `models list`')
    .option('--mirror <url>', 'a folder in which the same files lie (DRIVETALK_MODELS_MIRROR)')
    .option('--proxy <url>', 'an HTTP proxy (https_proxy, http_proxy, no_proxy)')
    .addOption(registry())
    .addOption(json())
    .action(async (name: string, options: PullOptions) => {
      const { pullModel } = await import('./models.ts');
      await pullModel(name, options);
    });
  models
    .command('remove')
    .description('delete models, and with the last of them what was built')
    .argument('<name...>')
    .action(async (names: string[]) => {
      const { removeModels } = await import('./models.ts');
      await removeModels(names);
    });
}
