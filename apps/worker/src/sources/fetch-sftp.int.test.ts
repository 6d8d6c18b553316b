import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createSourceOptions } from "../../testing/source-options.ts";
import { aFolder } from "../../testing/folder.ts";
import { anSshServer, noSshd, sshd } from "../../testing/ssh-server.ts";
import { fetchSftp } from "./fetch-sftp.ts";
import type { SourceRequest, Publication } from "./publication.ts";

const list = "818,5550100\n";
const aFault = (key: string, isTransient = false) => ({ explanation: { key }, isTransient });

/** A folder of lists behind a real OpenSSH server. */
async function scene() {
  const { key, otherKey, stop, ...server } = await anSshServer(sshd ?? "");
  const folder = await aFolder({ "b.txt": list, "a.txt": "213,5550100\n", ".hidden": "x" });
  const source = { kind: "sftp", ...server, path: folder } as const;
  const fetch = (more: Partial<typeof source> = {}, asked: Partial<SourceRequest> = {}) =>
    fetchSftp({ ...source, ...more }, createSourceOptions(server.host, { secret: key, ...asked }));
  return { fetch, folder, source, otherKey, stop };
}

async function readContent({ files }: Publication) {
  if (files === "unchanged") throw new Error(files);
  return Promise.all(files.map(async ({ name, path }) => [name, await readFile(path, "utf8")]));
}

describe.skipIf(sshd === undefined)(`an SFTP source${sshd ? "" : ` (left out: ${noSshd})`}`, () => {
  it("returns all files of a folder, or one", async () => {
    const { fetch, folder } = await scene();
    const all = await fetch();
    expect(await readContent(all)).toEqual([
      ["a.txt", "213,5550100\n"],
      ["b.txt", list],
    ]);
    await all.close();
    const one = await fetch({ path: path.join(folder, "b.txt") });
    expect(await readContent(one)).toEqual([["b.txt", list]]);
    await one.close();
  });

  it("reports nothing new until a file changes", async () => {
    const { fetch, folder } = await scene();
    const first = await fetch();
    await first.close();
    const known = first.validators;
    expect(await fetch({}, { known })).toMatchObject({ files: "unchanged", validators: known });
    await writeFile(path.join(folder, "b.txt"), `${list}${list}`);
    const second = await fetch({}, { known });
    expect(await readContent(second)).toHaveLength(2);
    await second.close();
  });

  it("shows a server's key that is not pinned, and sends it nothing", async () => {
    const { fetch, source } = await scene();
    const { hostKey: key, ...unknown } = source;
    await expect(
      fetchSftp(unknown, createSourceOptions(source.host, { secret: "x" })),
    ).rejects.toMatchObject({
      explanation: { key: "source.host-key-unknown", values: { key } },
    });
    await expect(fetch({ hostKey: `SHA256:${"A".repeat(43)}` })).rejects.toMatchObject({
      explanation: { key: "source.host-key-other", values: { key } },
    });
  });

  it("reports a failed sign-in, by key or password", async () => {
    const { fetch, otherKey } = await scene();
    for (const secret of [otherKey, "password"]) {
      await expect(fetch({}, { secret })).rejects.toMatchObject(aFault("source.refused"));
    }
  });

  it("reports what is missing", async () => {
    const { fetch, folder, stop } = await scene();
    const missing = fetch({ path: path.join(folder, "none") });
    await expect(missing).rejects.toMatchObject(aFault("source.folder-missing"));
    const empty = fetch({ path: await aFolder() });
    await expect(empty).rejects.toMatchObject(aFault("source.folder-empty"));
    stop();
    await expect(fetch()).rejects.toMatchObject(aFault("source.unreachable", true));
  });

  it("does not reach into a private network", async () => {
    const { fetch } = await scene();
    const settings = { registriesFolder: null, privateHosts: [] };
    await expect(fetch({}, { settings })).rejects.toMatchObject(aFault("source.private-host"));
    const byName = fetch({ host: "localhost" }, { settings });
    await expect(byName).rejects.toMatchObject(aFault("source.private-host"));
  });
});
