// `pnpm sbom [FILE]`: writes the bill of materials of this commit (CycloneDX 1.6, JSON) to a file, or prints it.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { writeBillOfMaterials } from "./supply-chain/bill-of-materials.ts";
import { readCommit } from "./supply-chain/commit.ts";
import { readLockedPackages } from "./supply-chain/locked-packages.ts";

const root = path.resolve(import.meta.dirname, "..");
const [file] = process.argv.slice(2);
const bill = writeBillOfMaterials({ packages: readLockedPackages(root), ...readCommit(root) });
if (file === undefined) process.stdout.write(bill);
else writeFileSync(file, bill);
