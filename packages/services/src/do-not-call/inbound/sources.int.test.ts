import { describe, expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import {
  connectMailgun,
  connectTwilio,
  disconnectSource,
  listSources,
  replaceSecret,
} from "./sources.ts";
import { openSecret } from "../../platform/keys/secrets.ts";
import { SourceId } from "@ringfence/core/ids";

describe("list sources", () => {
  const input = {
    account: "AC00000000000000000000000000000009",
    token: "0123456789abcdef0123456789abcdef",
    origin: "https://calls.example.com",
  };

  it("lists accounts without their secrets, and nothing of another organization", async () => {
    const [mine, theirs] = [await aContext(), await aContext()];
    await connectTwilio(as(mine, "owner"), input);
    const listed = await listSources(mine);
    const { account, origin } = input;
    expect(listed).toMatchObject([{ provider: "twilio", account, origin }]);
    expect(JSON.stringify(listed)).not.toContain(input.token);
    expect(await listSources(theirs)).toEqual([]);
    await expect(listSources(as(mine, "agent"))).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("connect twilio", () => {
  const input = {
    account: "AC00000000000000000000000000000001",
    token: "0123456789abcdef0123456789abcdef",
    origin: "https://calls.example.com",
  };

  it("stores the token encrypted, and each account once", async () => {
    const ctx = as(await aContext(), "developer");
    await connectTwilio(ctx, input);
    const { organizationId, keys } = ctx;
    const row = await db.prisma.inboundSource.findFirstOrThrow({ where: { organizationId } });
    expect(Buffer.from(row.secret).toString("latin1")).not.toContain(input.token);
    expect(openSecret(keys, organizationId, row.secret)).toBe(input.token);
    await expect(connectTwilio(ctx, input)).rejects.toMatchObject({ code: "conflict" });
  });

  it("lets another organization connect the same account, and refuses other roles", async () => {
    const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
    await connectTwilio(mine, input);
    await connectTwilio(theirs, input);
    const { organizationId } = theirs;
    expect(await db.prisma.inboundSource.count({ where: { organizationId } })).toBe(1);
    await expect(connectTwilio(as(mine, "officer"), input)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("connect mailgun", () => {
  const input = { domain: "stop.acme.example", signingKey: "0123456789abcdef0123456789abcdef" };

  it("stores the key encrypted, and each domain once", async () => {
    const ctx = as(await aContext(), "developer");
    await connectMailgun(ctx, input);
    const { organizationId, keys } = ctx;
    const row = await db.prisma.inboundSource.findFirstOrThrow({ where: { organizationId } });
    expect(Buffer.from(row.secret).toString("latin1")).not.toContain(input.signingKey);
    expect(openSecret(keys, organizationId, row.secret)).toBe(input.signingKey);
    await expect(connectMailgun(ctx, input)).rejects.toMatchObject({ code: "conflict" });
  });

  it("lets another organization connect the same domain, and refuses other roles", async () => {
    const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
    await connectMailgun(mine, input);
    await connectMailgun(theirs, input);
    const { organizationId } = theirs;
    expect(await db.prisma.inboundSource.count({ where: { organizationId } })).toBe(1);
    await expect(connectMailgun(as(mine, "officer"), input)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("replace secret", () => {
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

  it("replaces the old secret, and records that it did", async () => {
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

  it("can be connected again after it was disconnected", async () => {
    const { ctx, sourceId, secret } = await scene();
    await disconnectSource(ctx, sourceId);
    expect(await listSources(ctx)).toEqual([]);
    await connectMailgun(ctx, { ...input, signingKey: other });
    expect(await secret()).toBe(other);
  });

  it("changes nothing of another organization, and refuses other roles", async () => {
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
});

describe("disconnect source", () => {
  const input = {
    account: "AC00000000000000000000000000000001",
    token: "0123456789abcdef0123456789abcdef",
    origin: "https://calls.example.com",
  };

  it("deletes the account, and keeps that of another organization", async () => {
    const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
    await connectTwilio(mine, input);
    await connectTwilio(theirs, input);
    const [source] = await listSources(mine);
    await disconnectSource(mine, SourceId.parse(source?.id));
    expect(await listSources(mine)).toEqual([]);
    expect(await listSources(theirs)).toHaveLength(1);
  });
});
