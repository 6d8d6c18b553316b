import { symlink } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { aFolder } from "../../testing/folder.ts";
import { openFolder } from "./open-publication.ts";

const settings = (registriesFolder: string | null) => ({ registriesFolder, privateHosts: [] });
const aFault = (key: string) => ({ explanation: { key } });

it("offers all files of a folder in order, and nothing hidden", async () => {
  const root = await aFolder({ "us/b.txt": "", "us/a.txt": "", "us/.part": "", "us/c/d.txt": "" });
  for (const asked of ["us", "./us/", path.join(root, "us")]) {
    const { files } = await openFolder(asked, settings(root));
    expect(files).toEqual([
      { name: "a.txt", path: path.join(root, "us/a.txt") },
      { name: "b.txt", path: path.join(root, "us/b.txt") },
    ]);
  }
});

it("offers nothing if the operator opened no folder", async () => {
  await expect(openFolder("us", settings(null))).rejects.toMatchObject(aFault("source.no-folders"));
});

it.each(["..", "us/../..", "/etc", "link"])(
  "does not leave the opened folder by %s",
  async (asked) => {
    const root = await aFolder({ "registries/us/a.txt": "", "secret.txt": "" });
    await symlink(root, path.join(root, "registries/link"));
    const opening = openFolder(asked, settings(path.join(root, "registries")));
    await expect(opening).rejects.toMatchObject(aFault("source.folder-outside"));
  },
);

it("does not mistake a sibling folder for a subfolder", async () => {
  const root = await aFolder({ "registries/a.txt": "", "registries-old/a.txt": "" });
  const opening = openFolder("../registries-old", settings(path.join(root, "registries")));
  await expect(opening).rejects.toMatchObject(aFault("source.folder-outside"));
});

it("does not follow a file that is a link", async () => {
  const root = await aFolder({ "us/a.txt": "" });
  await symlink("/etc/passwd", path.join(root, "us/b.txt"));
  const { files } = await openFolder("us", settings(root));
  expect(files).toHaveLength(1);
});

it("says that a folder is missing or empty", async () => {
  const root = await aFolder({ "us/.keep": "" });
  await expect(openFolder("uk", settings(root))).rejects.toMatchObject(
    aFault("source.folder-missing"),
  );
  await expect(openFolder("us", settings(root))).rejects.toMatchObject(
    aFault("source.folder-empty"),
  );
});
