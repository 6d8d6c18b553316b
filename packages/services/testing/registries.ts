import { randomBytes } from "node:crypto";
import { RegistryId } from "@ringfence/core/ids";
import {
  BLOCK_SIZE,
  createEditionReader,
  linesIn,
  type RegistryFormat,
} from "@ringfence/core/do-not-call/registry";
import type { RootContext } from "../src/platform/context.ts";
import { applyEdition, type PublishedEdition } from "../src/do-not-call/registry/index.ts";
import { aContext, db, officer } from "./scenes.ts";

export const usDnc: RegistryFormat = { reader: "us-dnc" };

/** A registry that was never read, of a new organization unless one is given. */
export async function aRegistry(given?: RootContext) {
  const asOfficer = given ?? (await aContext());
  const { organizationId } = asOfficer;
  const { id } = await db.prisma.registry.create({
    data: {
      organizationId,
      code: `R-${randomBytes(8).toString("hex")}`,
      name: "National Do Not Call Registry",
      format: usDnc,
      source: { kind: "folder", path: "us" },
      maxAgeDays: 31,
    },
  });
  const registryId = RegistryId.parse(id);
  const ctx = { ...asOfficer, actor: { type: "job", name: "registry.sync" } } as const;
  const row = () => db.prisma.registry.findFirstOrThrow({ where: { organizationId, id } });
  return { ctx, asOfficer: { ...asOfficer, actor: officer }, organizationId, registryId, row };
}

/** Reads files, by name, as an edition; of the US registry unless another form is given. */
export function readEdition(files: Record<string, string>, format = usDnc) {
  const reader = createEditionReader(format, (bytes, from, to) =>
    Number(`1${new TextDecoder().decode(bytes.subarray(from, to))}`),
  );
  for (const [name, text] of Object.entries(files)) {
    const file = reader.open(name);
    file.push(new TextEncoder().encode(text));
    file.end();
  }
  const read = reader.close();
  if (read.outcome === "refused") throw new Error(read.faults.map(({ key }) => key).join());
  return read.edition;
}

/** Writes numbers of ten digits as the lines of a full list: `area code,number`. */
export const fullList = (numbers: readonly number[]) =>
  numbers.map((ten) => `${String(ten).slice(0, 3)},${String(ten).slice(3)}\n`).join("");

/** `count` numbers of one area code, from 555-0000 on. */
export const numbersInArea = (areaCode: number, count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => areaCode * 10_000_000 + 5_550_000 + from + n);

let serial = 0;

/** Creates an edition as the worker publishes it, with content that no other edition has. */
export function published(
  registryId: RegistryId,
  files: Record<string, string> | string,
  more: Partial<PublishedEdition> = {},
): PublishedEdition {
  return {
    registryId,
    revision: 1,
    uploadId: null,
    edition: readEdition(typeof files === "string" ? { "list.txt": files } : files),
    sha256: (serial++).toString(16).padStart(64, "0"),
    bytes: 12,
    readAt: new Date("2026-03-01T02:00:00Z"),
    validators: null,
    claim: null,
    ...more,
  };
}

/** Creates a registry in which a full list of numbers is in force, and functions that bring it another. */
export async function aRegistryThatLists(numbers: readonly number[]) {
  const scene = await aRegistry();
  const { ctx, registryId } = scene;
  const apply = (files: Record<string, string> | string, more: Partial<PublishedEdition> = {}) =>
    applyEdition(ctx, published(registryId, files, more));
  await apply(fullList(numbers));
  return { ...scene, apply, listedNow: () => listedNow(registryId) };
}

/** The ten digits of all numbers that are listed, in order. */
export async function listedNow(registryId: RegistryId) {
  const rows = await db.prisma.registryBlock.findMany({
    where: { registryId },
    orderBy: { block: "asc" },
  });
  return rows.flatMap(({ block, bits }) =>
    Array.from(linesIn(bits), (line) => Number(block) * BLOCK_SIZE + line - 10_000_000_000),
  );
}
