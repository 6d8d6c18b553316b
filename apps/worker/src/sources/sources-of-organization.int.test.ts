import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { openDb } from "@ringfence/db";
import { aDatabase, anOrganization } from "@ringfence/db/testing";
import { expect, it, onTestFinished } from "vitest";
import { aFolder } from "../../testing/folder.ts";
import { openFolder } from "./open-publication.ts";
import type { Publication } from "./publication.ts";
import { narrowSources } from "./sources-of-organization.ts";

/** An installation with two organizations, and a folder of registries. */
async function anInstallation() {
  const db = openDb(await aDatabase());
  onTestFinished(() => db.close());
  const [first = "", second = ""] = [await anOrganization(db), await anOrganization(db)].toSorted();
  const root = await aFolder({ "us/a.txt": "", "secret/b.txt": "" });
  const give = async (organizationId: string, folder: string) => {
    await mkdir(path.join(root, organizationId, folder), { recursive: true });
    await writeFile(path.join(root, organizationId, folder, "own.txt"), "");
  };
  const narrow = (payload: unknown) =>
    narrowSources(
      db,
      { registriesFolder: root, privateHosts: ["10.0.0.5", `${second}=10.0.0.6:9000`] },
      payload,
    );
  const names = async (organizationId: string, folder: string) =>
    filesIn(await openFolder(folder, await narrow({ organizationId })));
  return { first, second, give, narrow, names };
}
const aFault = (key: string) => ({ explanation: { key } });
const filesIn = ({ files }: Publication) =>
  files === "unchanged" ? [] : files.map(({ name }) => name);

it("lets no organization reach the hosts of another", async () => {
  const { first, second, narrow } = await anInstallation();
  expect((await narrow({ organizationId: first })).privateHosts).toEqual(["10.0.0.5"]);
  expect((await narrow({ organizationId: second })).privateHosts).toEqual(["10.0.0.6:9000"]);
  expect(await narrow({})).toMatchObject({ privateHosts: [], registriesFolder: null });
});

it("lets no organization read the folders of another", async () => {
  const { first, second, give, names } = await anInstallation();
  await expect(names(second, "us")).rejects.toMatchObject(aFault("source.folder-missing"));
  await give(second, "kz");
  expect(await names(second, "kz")).toEqual(["own.txt"]);
  for (const other of ["us", "../us", `../${first}`]) {
    await expect(names(second, other)).rejects.toMatchObject({
      explanation: { key: expect.stringMatching(/^source\.folder-(missing|outside)$/) },
    });
  }

  expect(await names(first, "us")).toEqual(["a.txt"]);
  await expect(names(first, `${second}/kz`)).rejects.toMatchObject(aFault("source.folder-outside"));

  await give(first, "us");
  expect(await names(first, "us")).toEqual(["own.txt"]);
  await expect(names(first, "secret")).rejects.toMatchObject(aFault("source.folder-missing"));
});
