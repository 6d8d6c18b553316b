import parse from "spdx-expression-parse";
import type { LockedPackage } from "./locked-packages.ts";

/** Licenses of code and data that may be part of a program under AGPL-3.0. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC-BY-3.0", // of data
  "CC-BY-4.0", // of data
  "CC0-1.0",
  "ISC",
  "LGPL-3.0-or-later",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "OFL-1.1", // of fonts
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** Licenses that a person read in the package itself, because its manifest states none, or not in SPDX. */
export const readInPackage: Readonly<Record<string, string>> = {
  "@visx/vendor@4.0.0-alpha.0": "MIT AND ISC",
  "humanize-number@0.0.2": "MIT",
  "only@0.0.2": "MIT",
  "png-js@2.0.0": "MIT",
  "seq-queue@0.0.5": "MIT",
};

/** Packages with another license, and why we may have them. */
const exceptions: Readonly<Record<string, string>> = {
  "elkjs@0.11.1": "EPL-2.0: part of Prisma's studio, which never runs and is in no build.",
};

type Judged = Pick<LockedPackage, "id" | "license">;

export const statedLicense = ({ id, license }: Judged) => readInPackage[id] ?? license;

/** Returns a sentence for each package whose license is unknown or not allowed, and for each entry without a package. */
export function findLicenseFaults(packages: readonly (Judged & { isInstalled: boolean })[]) {
  const ids = new Set(packages.map(({ id }) => id));
  const unused = [...Object.keys(readInPackage), ...Object.keys(exceptions)]
    .filter((id) => !ids.has(id))
    .map((id) => `${id} is no longer in the lockfile. Remove its entry from judge-licenses.ts.`);
  // A package for another system is one of a set, of which this system has another.
  const faults = packages
    .filter(({ id, isInstalled }) => isInstalled && !(id in exceptions))
    .flatMap((one) => findFault(one) ?? []);
  return [...unused, ...faults];
}

function findFault(one: Judged): string | null {
  const license = statedLicense(one);
  if (license === null) return `${one.id} states no license. Read it in the package.`;
  try {
    return isAllowed(parse(license)) ? null : `${one.id} is licensed under ${license}.`;
  } catch {
    return `${one.id} is licensed under “${license}”, which is not an SPDX expression.`;
  }
}

function isAllowed(expression: parse.Info): boolean {
  if ("license" in expression) {
    const { license, plus } = expression;
    return allowed.has(plus === true ? `${license}+` : license);
  }
  const sides = [expression.left, expression.right];
  return expression.conjunction === "or" ? sides.some(isAllowed) : sides.every(isAllowed);
}
