import { CreateOrganization } from "@ringfence/core/account/organization";
import { expect, it } from "vitest";
import { anEmail } from "../../../testing/members.ts";
import { aFederalNumber } from "../../../testing/phones.ts";
import { aConsent, aContext, as, db, keys } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { findCurrentMember, toActor } from "../member/sessions.ts";
import { startSession } from "../member/sign-in.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { createFoundingContext, createOrganization } from "./create-organization.ts";

const installation = { db, keys };

const aFounding = (more: object = {}) =>
  CreateOrganization.parse({
    name: "Север",
    homeRegion: "RU",
    zone: "Europe/Moscow",
    locale: "ru",
    seller: { name: "Банк «Север»" },
    owner: { name: "Ада", email: anEmail() },
    ...more,
  });

it("makes what the first consent and the first screening need, and an owner who signs in", async () => {
  const founding = aFounding();
  const { email } = founding.owner;
  const ctx = await createFoundingContext(installation);
  const { seller, purposes, firstPassword } = await createOrganization(ctx, founding);
  expect([seller, ...purposes]).toEqual(["bank-sever", "marketing", "service", "survey"]);

  const signedIn = await startSession(installation, { email, password: firstPassword }, null);
  if (signedIn.outcome !== "started") throw new Error(signedIn.outcome);
  const member = await findCurrentMember(db, signedIn.session);
  if (member === null) throw new Error("no session");
  expect(member).toMatchObject({
    hasFirstPassword: true,
    role: "owner",
    locale: "ru",
    organizationName: "Север",
  });

  const owner = { ...ctx, actor: toActor(member) };
  const phone = aFederalNumber();
  const call = { phone, seller, purpose: "marketing" };
  const reasons = async () => (await screenCall(owner, call)).refusals.map(({ reason }) => reason);
  expect(await reasons()).toContain("consent-missing");
  await recordConsent(owner, aConsent({ phone, seller }));
  expect(await reasons()).not.toContain("consent-missing");
});

it("audits the founding, without a password", async () => {
  const ctx = await createFoundingContext(installation);
  await createOrganization(ctx, aFounding({ seller: { name: "日本生命", sector: "pensions" } }));
  const { organizationId } = ctx;
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    {
      action: "organization.found",
      actor: { type: "job", id: "organization.found" },
      details: { seller: "seller", sector: "pensions" },
    },
  ]);
  const { passwordHash } = await db.prisma.member.findFirstOrThrow({ where: { organizationId } });
  expect(passwordHash).toMatch(/^\$argon2id\$/);
});

it("founds another organization beside one that is there, and leaves that as it is", async () => {
  const theirs = await aContext();
  await expect(
    createOrganization(
      await createFoundingContext(installation, theirs.organizationId),
      aFounding(),
    ),
  ).rejects.toMatchObject({ code: "conflict" });
  const { name, members } = await db.prisma.organization.findUniqueOrThrow({
    where: { id: theirs.organizationId },
    include: { members: true },
  });
  expect([name, members]).toEqual(["Test", []]);

  const founding = aFounding();
  const [one, two] = [
    await createFoundingContext(installation),
    await createFoundingContext(installation),
  ];
  await createOrganization(one, founding);
  await createOrganization(two, founding);
  expect(one.organizationId).not.toBe(two.organizationId);
});

it("leaves nothing behind if it fails midway", async () => {
  const ctx = await createFoundingContext(installation);
  const founding = aFounding();
  const odd = { ...founding, owner: { ...founding.owner, name: "a zero: \0" } };
  await expect(createOrganization(ctx, odd)).rejects.toBeInstanceOf(Error);
  expect(await db.prisma.organization.count({ where: { id: ctx.organizationId } })).toBe(0);
});

it("is for nobody who is a member already", async () => {
  const ctx = as(await aContext(), "owner");
  await expect(createOrganization(ctx, aFounding())).rejects.toMatchObject({ code: "forbidden" });
});
