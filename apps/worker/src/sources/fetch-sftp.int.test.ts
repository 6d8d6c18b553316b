import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { asking } from "../../testing/asking.ts";
import { aFolder } from "../../testing/folder.ts";
import { anSshServer, noSshd, sshd } from "../../testing/ssh-server.ts";
import { fetchSftp } from "./fetch-sftp.ts";
import type { Asking, Publication } from "./publication.ts";

const list = "818,5550100\n";
const faultOf = (key: string, isTransient = false) => ({ explanation: { key }, isTransient });

/** A folder of lists behind a real OpenSSH server. */
async function scene() {
  const { key, otherKey, stop, ...server } = await anSshServer(sshd ?? "");
  const folder = await aFolder({ "b.txt": list, "a.txt": "213,5550100\n", ".hidden": "x" });
  const source = { kind: "sftp", ...server, path: folder } as const;
  const fetch = (more: Partial<typeof source> = {}, asked: Partial<Asking> = {}) =>
    fetchSftp({ ...source, ...more }, asking(server.host, { secret: key, ...asked }));
  return { fetch, folder, source, otherKey, stop };
}

async function contentOf({ files }: Publication) {
  if (files === "unchanged") throw new Error(files);
  return Promise.all(files.map(async ({ name, path }) => [name, await readFile(path, "utf8")]));
}

describe.skipIf(sshd === undefined)(`an SFTP source${sshd ? "" : ` (left out: ${noSshd})`}`, () => {
  it("gives all files of a folder, or one", async () => {
    const { fetch, folder } = await scene();
    const all = await fetch();
    expect(await contentOf(all)).toEqual([
      ["a.txt", "213,5550100\n"],
      ["b.txt", list],
    ]);
    await all.close();
    const one = await fetch({ path: path.join(folder, "b.txt") });
    expect(await contentOf(one)).toEqual([["b.txt", list]]);
    await one.close();
  });

  it("says that nothing is new until a file is another", async () => {
    const { fetch, folder } = await scene();
    const first = await fetch();
    await first.close();
    const known = first.validators;
    expect(await fetch({}, { known })).toMatchObject({ files: "unchanged", validators: known });
    await writeFile(path.join(folder, "b.txt"), `${list}${list}`);
    const second = await fetch({}, { known });
    expect(await contentOf(second)).toHaveLength(2);
    await second.close();
  });

  it("shows the key of a server that nobody has entered, and sends it nothing", async () => {
    const { fetch, source } = await scene();
    const { hostKey: key, ...unknown } = source;
    await expect(fetchSftp(unknown, asking(source.host, { secret: "x" }))).rejects.toMatchObject({
      explanation: { key: "source.host-key-unknown", values: { key } },
    });
    await expect(fetch({ hostKey: `SHA256:${"A".repeat(43)}` })).rejects.toMatchObject({
      explanation: { key: "source.host-key-other", values: { key } },
    });
  });

  it("says that it was not let in, by a key or a password", async () => {
    const { fetch, otherKey } = await scene();
    for (const secret of [otherKey, "password"]) {
      await expect(fetch({}, { secret })).rejects.toMatchObject(faultOf("source.refused"));
    }
  });

  it("says what is not there", async () => {
    const { fetch, folder, stop } = await scene();
    const missing = fetch({ path: path.join(folder, "none") });
    await expect(missing).rejects.toMatchObject(faultOf("source.folder-missing"));
    const empty = fetch({ path: await aFolder() });
    await expect(empty).rejects.toMatchObject(faultOf("source.folder-empty"));
    stop();
    await expect(fetch()).rejects.toMatchObject(faultOf("source.unreachable", true));
  });

  it("does not reach into a private network", async () => {
    const { fetch } = await scene();
    const settings = { registriesFolder: null, privateHosts: [] };
    await expect(fetch({}, { settings })).rejects.toMatchObject(faultOf("source.private-host"));
    const byName = fetch({ host: "localhost" }, { settings });
    await expect(byName).rejects.toMatchObject(faultOf("source.private-host"));
  });
});
