import { readFile } from "node:fs/promises";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import S3rver from "s3rver";
import { expect, it, onTestFinished } from "vitest";
import { createSourceOptions } from "../../testing/source-options.ts";
import { aFolder } from "../../testing/folder.ts";
import { fetchBucket } from "./fetch-bucket.ts";
import type { SourceRequest, Publication } from "./publication.ts";

const list = "818,5550100\n";
const aFault = (key: string, isTransient = false) => ({ explanation: { key }, isTransient });
const [accessKeyId, secret] = ["S3RVER", "S3RVER"];

/** Lists in a bucket of a local S3 server. */
async function scene() {
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: await aFolder(),
    configureBuckets: [{ name: "lists", configs: [] }],
  });
  const { port } = await server.run();
  onTestFinished(() => server.close());
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3Client({
    endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey: secret },
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  onTestFinished(() => client.destroy());
  const put = (key: string, text: string) =>
    client.send(new PutObjectCommand({ Bucket: "lists", Key: key, Body: text }));
  await put("us/b.txt", list);
  await put("us/a.txt", "213,5550100\n");
  await put("ca/a.txt", "416,5550100\n");

  const bucket = { bucket: "lists", prefix: "us/", region: "us-east-1", endpoint, accessKeyId };
  const source = { kind: "s3", ...bucket } as const;
  const fetch = (more: Partial<typeof bucket> = {}, asked: Partial<SourceRequest> = {}) =>
    fetchBucket(
      { ...source, ...more },
      createSourceOptions(`127.0.0.1:${port}`, { secret, ...asked }),
    );
  return { fetch, put, server };
}

async function readContent({ files }: Publication) {
  if (files === "unchanged") throw new Error(files);
  return Promise.all(files.map(async ({ name, path }) => [name, await readFile(path, "utf8")]));
}

it("returns all objects under a prefix", async () => {
  const { fetch } = await scene();
  const publication = await fetch();
  expect(await readContent(publication)).toEqual([
    ["a.txt", "213,5550100\n"],
    ["b.txt", list],
  ]);
  await publication.close();
});

it("reports nothing new until an object changes", async () => {
  const { fetch, put } = await scene();
  const first = await fetch();
  await first.close();
  const known = first.validators;
  expect(await fetch({}, { known })).toMatchObject({ files: "unchanged", validators: known });
  await put("us/b.txt", `${list}${list}`);
  const second = await fetch({}, { known });
  expect(await readContent(second)).toContainEqual(["b.txt", `${list}${list}`]);
  await second.close();
});

it("says what is wrong", async () => {
  const { fetch } = await scene();
  await expect(fetch({ prefix: "none/" })).rejects.toMatchObject(aFault("source.folder-empty"));
  await expect(fetch({ bucket: "none" })).rejects.toMatchObject(aFault("source.status"));
  await expect(fetch({ accessKeyId: "nobody" })).rejects.toMatchObject(aFault("source.refused"));
  const nobody = { endpoint: "http://127.0.0.1:9" };
  const settings = { registriesFolder: null, privateHosts: ["127.0.0.1"] };
  await expect(fetch(nobody, { settings })).rejects.toMatchObject(
    aFault("source.unreachable", true),
  );
});

it("does not reach into a private network", async () => {
  const { fetch } = await scene();
  const settings = { registriesFolder: null, privateHosts: [] };
  await expect(fetch({}, { settings })).rejects.toMatchObject(aFault("source.private-host"));
  const byName = fetch({ endpoint: "http://localhost:9" }, { settings });
  await expect(byName).rejects.toMatchObject(aFault("source.private-host"));
});
