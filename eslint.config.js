import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Data moves one way (`[ARCH-1]`): a layer imports only what stands below it. */
const layer = (folder, forbidden) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: forbidden.map((name) => `**/${name}/**`),
            message: `${folder}/ may not import ${forbidden.join(', ')}: see "One data flow" in README.md.`,
          },
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist', '**/*.generated.ts', 'node_modules', '.venv'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'test/tsconfig.json', 'dashboard/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // `return refuse(…)` in a function that returns nothing says: done here.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  layer('vehicle', ['assistant', 'simulator', 'dashboard', 'test']),
  layer('assistant', ['simulator', 'dashboard', 'test']),
  layer('simulator', ['dashboard', 'test']),
  // chai-less mocha: `it` callbacks may be terse.
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines': 'off' },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
