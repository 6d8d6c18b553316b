import { Contrib, Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { PackageURL } from "packageurl-js";
import parseSpdx from "spdx-expression-parse";
import { statedLicense } from "./judge-licenses.ts";
import type { LockedPackage } from "./locked-packages.ts";

const licenses = new Contrib.License.Factories.LicenseFactory(parseSpdx);

type Source = {
  packages: readonly LockedPackage[];
  /** Commit that the bill belongs to, and when it was made: the same commit has the same bill. */
  commit: string;
  committedAt: Date;
};

/** Writes the bill of materials of a commit as CycloneDX 1.6, in JSON. Tools and tests are marked as excluded. */
export function writeBillOfMaterials({ packages, commit, committedAt }: Source): string {
  const components = new Map(packages.map((one) => [one.id, toComponent(one)]));
  for (const { id, dependsOn } of packages) {
    for (const other of dependsOn) {
      const component = components.get(other);
      if (component !== undefined) components.get(id)?.dependencies.add(component.bomRef);
    }
  }
  const ringfence = new Models.Component(Enums.ComponentType.Application, "ringfence", {
    bomRef: "ringfence",
    version: commit,
    licenses: new Models.LicenseRepository([licenses.makeFromString("AGPL-3.0-only")]),
    dependencies: new Models.BomRefRepository(
      packages
        .filter(({ isRuntime }) => isRuntime)
        .flatMap(({ id }) => components.get(id)?.bomRef ?? []),
    ),
  });
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ component: ringfence, timestamp: committedAt }),
    components: new Models.ComponentRepository(components.values()),
  });
  const normalizers = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  const text = new Serialize.JsonSerializer(normalizers).serialize(bom, {
    sortLists: true,
    space: 2,
  });
  return `${text}\n`;
}

function toComponent(one: LockedPackage) {
  const slash = one.name.indexOf("/"); // -1 if it has no scope
  const namespace = one.name.slice(0, Math.max(0, slash));
  const name = one.name.slice(slash + 1);
  const license = statedLicense(one);
  const purl = new PackageURL("npm", namespace || null, name, one.version, null, null).toString();
  return new Models.Component(Enums.ComponentType.Library, name, {
    bomRef: purl,
    purl,
    version: one.version,
    scope: one.isRuntime ? Enums.ComponentScope.Required : Enums.ComponentScope.Excluded,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm["SHA-512"], one.sha512]]),
    licenses: new Models.LicenseRepository(
      license === null ? [] : [licenses.makeFromString(license)],
    ),
    ...(namespace !== "" && { group: namespace }),
  });
}
