import { SourceId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { openSecret } from "../../platform/keys/outside-secret.ts";
import { connectMailgun } from "./connect-mailgun.ts";
import { disconnectSource } from "./disconnect-source.ts";
import { listSources } from "./list-sources.ts";
import { replaceSecret } from "./replace-secret.ts";

const input = { domain: "stop.acme.example", signingKey: "0123456789abcdef0123456789abcdef" };
const other = "fedcba9876543210fedcba9876543210";

async function scene() {
  const ctx = as(await aContext(), "developer");
  await connectMailgun(ctx, input);
  const [source] = await listSources(ctx);
  const { organizationId, keys } = ctx;
  const secret = async () => {
    const row = await db.prisma.inboundSource.findFirstOrThrow({ where: { organizationId } });
    return openSecret(keys, organizationId, row.secret);
  };
  return { ctx, sourceId: SourceId.parse(source?.id), secret };
}

it("keeps the new secret in the place of the old one, and puts on record that it did", async () => {
  const { ctx, sourceId, secret } = await scene();
  await replaceSecret(ctx, { sourceId, secret: other });
  expect(await secret()).toBe(other);
  const { organizationId } = ctx;
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "inbound.change" },
    orderBy: { id: "asc" },
  });
  expect(entries.map(({ details }) => details)).toEqual([
    { provider: "mailgun", change: "connected" },
    { provider: "mailgun", change: "secret-replaced" },
  ]);
});

it("can be connected anew after it was disconnected", async () => {
  const { ctx, sourceId, secret } = await scene();
  await disconnectSource(ctx, sourceId);
  expect(await listSources(ctx)).toEqual([]);
  await connectMailgun(ctx, { ...input, signingKey: other });
  expect(await secret()).toBe(other);
});

it("changes nothing of another organization, and not everybody may", async () => {
  const { ctx, sourceId, secret } = await scene();
  const stranger = as(await aContext(), "owner");
  const change = { sourceId, secret: other };
  const notFound = { code: "not-found" };
  await expect(replaceSecret(stranger, change)).rejects.toMatchObject(notFound);
  await expect(disconnectSource(stranger, sourceId)).rejects.toMatchObject(notFound);
  const forbidden = { code: "forbidden" };
  await expect(replaceSecret(as(ctx, "officer"), change)).rejects.toMatchObject(forbidden);
  await expect(disconnectSource(as(ctx, "officer"), sourceId)).rejects.toMatchObject(forbidden);
  expect(await secret()).toBe(input.signingKey);
});
