// `pnpm audit:packages`: asks the registry for known vulnerabilities of runtime packages, and fails for grave ones.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { openPackageManager } from "./package-manager.js";
import { judgeAudit } from "./supply-chain/judge-audit.ts";

const root = path.resolve(import.meta.dirname, "..");
const args = [openPackageManager(root).script, "audit", "--prod", "--json"];
const { stdout } = spawnSync(process.execPath, args, {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 64 * 1024 ** 2,
});
const { says, isBad } = judgeAudit(stdout);
console.log(says);
if (isBad) process.exitCode = 1;
