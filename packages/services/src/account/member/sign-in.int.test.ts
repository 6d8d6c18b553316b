import { expect, it } from "vitest";
import { aMember, anEmail, password } from "../../../testing/members.ts";
import { db, keys } from "../../../testing/scenes.ts";
import { hashPassword } from "./password.ts";
import { type SignInOutcome, startSession } from "./sign-in.ts";

const address = "192.0.2.7";
const wrong = { password: "a field of thistles" };

const toOrganizationId = (outcome: SignInOutcome) =>
  outcome.outcome === "started" && outcome.session.organizationId;

it("signs a member in, and audits it", async () => {
  const { signIn, ctx, memberId } = await aMember();

  const started = await startSession({ db, keys }, signIn, address);

  expect(started).toMatchObject({
    outcome: "started",
    session: { organizationId: ctx.organizationId },
  });
  const { organizationId } = ctx;
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    { action: "session.start", actor: { type: "member", id: memberId } },
  ]);
});

it("answers the same for a wrong password and an unknown e-mail", async () => {
  const { signIn } = await aMember();

  expect(await startSession({ db, keys }, { ...signIn, ...wrong }, address)).toEqual({
    outcome: "unknown",
  });
  expect(await startSession({ db, keys }, { email: anEmail(), password }, address)).toEqual({
    outcome: "unknown",
  });
});

it("distinguishes two members with one e-mail by their passwords", async () => {
  const { signIn, ctx } = await aMember();
  const other = await aMember({ email: signIn.email });
  const passwordHash = await hashPassword(wrong.password);
  await db.prisma.member.updateMany({ where: { id: other.memberId }, data: { passwordHash } });

  expect(toOrganizationId(await startSession({ db, keys }, signIn, null))).toBe(ctx.organizationId);
  expect(toOrganizationId(await startSession({ db, keys }, other.signIn, null))).toBe(
    ctx.organizationId,
  );
  expect(toOrganizationId(await startSession({ db, keys }, { ...signIn, ...wrong }, null))).toBe(
    other.ctx.organizationId,
  );
});

it.each([true, false])(
  "slows guessing down, whether or not a member has the e-mail: %s",
  async (has) => {
    const email = has ? (await aMember()).signIn.email : anEmail();
    const guess = () => startSession({ db, keys }, { email, ...wrong }, null);

    const outcomes = await Promise.all(Array.from({ length: 12 }, guess));

    const count = (outcome: string) => outcomes.filter((o) => o.outcome === outcome).length;
    expect([count("unknown"), count("throttled")]).toEqual([10, 2]);
    expect(await startSession({ db, keys }, { email, password }, null)).toMatchObject({
      outcome: "throttled",
    });
  },
);

it("does not count those who are let in", async () => {
  const { signIn } = await aMember();
  for (let i = 0; i < 12; i++) {
    expect(await startSession({ db, keys }, signIn, null)).toMatchObject({ outcome: "started" });
  }
});

it("stores no e-mail or address in clear, and deletes old attempts", async () => {
  const { signIn } = await aMember();
  await startSession({ db, keys }, { ...signIn, ...wrong }, address);
  const seen = JSON.stringify(await db.prisma.signInAttempt.findMany());

  expect(seen).not.toContain(signIn.email);
  expect(seen).not.toContain(address);

  await db.pool.query("UPDATE sign_in_attempt SET until = now() - interval '1 second'");
  await startSession({ db, keys }, signIn, null);
  expect(await db.prisma.signInAttempt.count({ where: { until: { lt: new Date() } } })).toBe(0);
});
