// `pnpm licenses:check`: counts packages by license, and fails if one is unknown or not allowed.
import path from "node:path";
import { findLicenseFaults, statedLicense } from "./supply-chain/judge-licenses.ts";
import { readLockedPackages } from "./supply-chain/locked-packages.ts";

const packages = readLockedPackages(path.resolve(import.meta.dirname, ".."));
const installed = packages.filter(({ isInstalled }) => isInstalled);
const byLicense = Object.entries(
  Object.groupBy(installed, (one) => statedLicense(one) ?? "unknown"),
);
for (const [license, all = []] of byLicense.toSorted(([left], [right]) =>
  left < right ? -1 : 1,
)) {
  console.log(`${String(all.length).padStart(5)}  ${license}`);
}
console.log(`${packages.length - installed.length} packages for other systems are not installed.`);

const faults = findLicenseFaults(packages);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
