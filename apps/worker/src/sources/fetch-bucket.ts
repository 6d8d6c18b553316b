import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Agent as PlainAgent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { RegistrySource } from "@ringfence/core/do-not-call/registry";
import { isNamedHost } from "@ringfence/core/platform/settings";
import { PrivateHost, isPrivateAddress, publicLookup } from "@ringfence/services/platform/network";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { inTemporaryFolder, limitBytes, placeIn } from "./temporary-files.ts";
import type { SourceRequest, Publication, SourceSettings } from "./publication.ts";

type Bucket = Extract<RegistrySource, { kind: "s3" }>;
type S3Object = { key: string; etag: string; size: number };

const SILENCE_MAX_MS = 60_000;
const OBJECTS_MAX = 1_000;

/** Fetches all objects of a bucket under a prefix, if any of them has changed. */
export async function fetchBucket(
  bucket: Bucket,
  sourceRequest: SourceRequest,
): Promise<Publication> {
  const { known, secret, settings, signal, onBytes } = sourceRequest;
  const client = new S3Client(toClientConfig(bucket, secret ?? "", settings));
  try {
    const objects = await listObjects(client, bucket, signal);
    const bytes = objects.reduce((sum, { size }) => sum + size, 0);
    const onChunk = (more: number) => onBytes?.(more, bytes);
    const etag = hashListing(objects);
    if (known?.etag === etag) {
      return { files: "unchanged", validators: known, close: () => Promise.resolve() };
    }
    return await inTemporaryFolder(async (folder) => {
      const files = objects.map(({ key }, index) => ({
        name: key.split("/").at(-1) ?? key,
        path: placeIn(folder, index),
      }));
      for (const [index, object] of objects.entries()) {
        const path = placeIn(folder, index);
        await fetchObject(client, { bucket, object, path, signal, onChunk });
      }
      return { files, validators: { etag } };
    });
  } catch (error) {
    throw signal.aborted ? error : toRunFault(error, bucket);
  } finally {
    client.destroy();
  }
}

function toClientConfig(bucket: Bucket, secret: string, settings: SourceSettings): S3ClientConfig {
  const { endpoint, region, accessKeyId } = bucket;
  const host = endpoint === undefined ? null : new URL(endpoint);
  const mayBePrivate = host !== null && isNamedHost(settings.privateHosts, host);
  if (host !== null && !mayBePrivate && isPrivateAddress(host.hostname)) throw privateFault(bucket);

  const agent = mayBePrivate ? {} : { lookup: publicLookup };
  return {
    region,
    credentials: { accessKeyId, secretAccessKey: secret },
    maxAttempts: 3,
    // Services other than Amazon's mostly have no host name for each bucket.
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    requestHandler: {
      connectionTimeout: SILENCE_MAX_MS,
      socketTimeout: SILENCE_MAX_MS,
      httpAgent: new PlainAgent(agent),
      httpsAgent: new SecureAgent(agent),
    },
  };
}

async function listObjects(
  client: S3Client,
  { bucket, prefix }: Bucket,
  signal: AbortSignal,
): Promise<S3Object[]> {
  const command = new ListObjectsV2Command({
    Bucket: bucket,
    Prefix: prefix,
    MaxKeys: OBJECTS_MAX,
  });
  const { Contents = [], IsTruncated } = await client.send(command, { abortSignal: signal });
  if (IsTruncated) throw new RunFault({ key: "source.too-large", values: { file: prefix } });
  const objects = Contents.flatMap(({ Key, ETag, Size = 0 }): S3Object[] =>
    Key === undefined || Key.endsWith("/") || Size === 0
      ? []
      : [{ key: Key, etag: ETag ?? "", size: Size }],
  );
  if (objects.length === 0) {
    throw new RunFault({ key: "source.folder-empty", values: { folder: `${bucket}/${prefix}` } });
  }
  return objects;
}

/** Fetches an object exactly as listed: if it was replaced meanwhile, its server refuses. */
async function fetchObject(
  client: S3Client,
  given: {
    bucket: Bucket;
    object: S3Object;
    path: string;
    signal: AbortSignal;
    onChunk: (more: number) => void;
  },
) {
  const { bucket, object, path, signal, onChunk } = given;
  const command = new GetObjectCommand({
    Bucket: bucket.bucket,
    Key: object.key,
    ...(object.etag !== "" && { IfMatch: object.etag }),
  });
  const { Body } = await client.send(command, { abortSignal: signal });
  if (!(Body instanceof Readable)) throw new Error("an object came without a body");
  const { key: file, size } = object;
  const limit = limitBytes({ file, size, onBytes: onChunk });
  await pipeline(Body, limit, createWriteStream(path, { mode: 0o600 }), { signal });
}

const hashListing = (objects: readonly S3Object[]) =>
  createHash("sha256")
    .update(JSON.stringify(objects.map(({ key, etag }) => ({ key, etag }))))
    .digest("hex");

const privateFault = ({ endpoint, bucket }: Bucket) =>
  new RunFault({ key: "source.private-host", values: { host: endpoint ?? bucket } });

function toRunFault(error: unknown, bucket: Bucket) {
  if (error instanceof RunFault) return error;
  if (error instanceof PrivateHost) return privateFault(bucket);
  const host = bucket.endpoint ?? bucket.bucket;
  if (error instanceof S3ServiceException) {
    const status = error.$metadata.httpStatusCode ?? 0;
    if (status === 403 || status === 401) {
      return new RunFault({ key: "source.refused", values: { host } }, { cause: error });
    }
    const isTransient = status === 412 || status === 429 || status >= 500;
    return new RunFault({ key: "source.status", values: { host, status } }, { isTransient });
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "—";
  const values = { host, code };
  return new RunFault({ key: "source.unreachable", values }, { isTransient: true, cause: error });
}
