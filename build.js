import { rmSync } from 'node:fs';
import { build } from 'esbuild';

// Few files load faster than hundreds: a scan of ten thousand manifests takes about as long as loading the sources would.
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist',
  outbase: 'src',
  // As deep as the sources: what is read beside the code (package.json, proto, playbooks) is found from there.
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
