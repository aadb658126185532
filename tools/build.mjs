// Compiles src/ to dist/ for the published package: Node does not strip types below node_modules. Run by `npm pack`.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
const run = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
process.exitCode = run.status ?? 2;
