import { readdir, realpath } from "node:fs/promises";
import path from "node:path";
import { OrganizationId } from "@ringfence/core/ids";
import { RunFault } from "../jobs/platform/run-fault.ts";
import type { Publication } from "./publication.ts";
import type { SourceSettings } from "./source-settings.ts";

/** Opens all files of a folder below the operator's folder for registries, sorted by name. */
export async function openFolder(
  asked: string,
  { registriesFolder }: SourceSettings,
): Promise<Publication> {
  if (registriesFolder === null) throw new RunFault({ key: "source.no-folders" });

  const root = await realFolder(registriesFolder);
  const folder = await realFolder(path.resolve(root, asked));
  const fromRoot = path.relative(root, folder);
  // Resolve links first, so that none leads out.
  const [begin = ""] = fromRoot.split(path.sep);
  // A folder named after an organization belongs to it.
  if (
    OrganizationId.safeParse(begin).success ||
    fromRoot === ".." ||
    fromRoot.startsWith(`..${path.sep}`) ||
    path.isAbsolute(fromRoot)
  ) {
    throw new RunFault({ key: "source.folder-outside", values: { folder: asked } });
  }
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .toSorted();
  if (names.length === 0) {
    throw new RunFault({ key: "source.folder-empty", values: { folder: asked } });
  }
  return {
    files: names.map((name) => ({ name, path: path.join(folder, name) })),
    validators: null,
    close: () => Promise.resolve(),
  };
}

async function realFolder(folder: string) {
  try {
    return await realpath(folder);
  } catch (cause) {
    const values = { folder: path.basename(folder) };
    throw new RunFault({ key: "source.folder-missing", values }, { cause });
  }
}
