import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import { MemberId, OrganizationId, PasskeyId, SellerId } from "@ringfence/core/ids";
import { NewPasskey, type PasskeyAnswer, PasskeyName } from "@ringfence/core/account/second-factor";
import { describeDevice } from "@ringfence/core/account/member";
import {
  type Installation,
  type RootContext,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  findNetwork,
  inTransaction,
  shareLock,
  toUuid,
} from "../../platform/internal.ts";
import {
  CurrentSession,
  type SessionKey,
  isProviderRequired,
  lockMember,
  notifyMember,
  openSession,
  proveSession,
  requireMemberId,
  toActor,
} from "../member/internal.ts";
import { PasskeySite, issueChallenge, spendChallenge } from "./challenge.ts";
import { giveFirstCodes } from "./recovery-codes.ts";
import { removeOwnFactor } from "./remove-own-factor.ts";

/*
 * A passkey is a key in a device or a password manager (WebAuthn). It never leaves it, and signs a challenge only after
 * the person has unlocked the device. So it is two factors in one: a member signs in with it without a password.
 */

/** The host that passkeys belong to. A browser offers them on no other. */
const toRpId = (origin: string) => new URL(origin).hostname;

/** Returns the options, with a new challenge, with which the browser makes a passkey. */
export const startPasskey = command({
  name: "startPasskey",
  action: "member.change-own-factors",
  stepUp: true,
  input: PasskeySite,
  run: async (ctx, { origin, browser }) => {
    const { db, organizationId } = ctx;
    const memberId = await lockForNewPasskey(ctx);
    const { email, name, passkeys } = await db.member.findFirstOrThrow({
      where: { organizationId, id: memberId },
      select: { email: true, name: true, passkeys: { select: { credentialId: true } } },
    });
    return generateRegistrationOptions({
      rpName: "Ringfence",
      rpID: toRpId(origin),
      userName: email,
      userDisplayName: name,
      userID: writeUserHandle(organizationId, memberId),
      challenge: await issueChallenge(ctx, "make", browser),
      attestationType: "none",
      excludeCredentials: passkeys.map(({ credentialId: id }) => ({ id })),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
  },
  audit: "none",
});

/**
 * Adds the passkey that the browser made. If the member has no unused recovery code, the answer holds ten new ones, which
 * are shown only now.
 */
export const addPasskey = command({
  name: "addPasskey",
  action: "member.change-own-factors",
  stepUp: true,
  input: PasskeySite.extend({ ...CurrentSession.shape, name: PasskeyName, passkey: NewPasskey }),
  run: async (ctx, { origin, browser, sessionId, name, passkey }) => {
    const { db, organizationId, now: createdAt } = ctx;
    const memberId = await lockForNewPasskey(ctx);
    const { clientDataJSON } = passkey.response;
    const challenge = await spendChallenge(ctx, "make", { browser, clientDataJSON });
    const made =
      challenge !== null &&
      (await verifyRegistrationResponse({
        response: passkey,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: toRpId(origin),
        requireUserVerification: true,
      }).catch(() => null));
    // The session is over if an owner has just reset the member.
    if (!made || !made.verified || !(await proveSession(ctx, sessionId)))
      throw new ServiceError("invalid", { key: "error.passkey-refused" });
    const { id: credentialId, publicKey, counter } = made.registrationInfo.credential;
    const [row] = await db.passkey.createManyAndReturn({
      data: [
        {
          organizationId,
          memberId,
          name,
          credentialId,
          publicKey: Uint8Array.from(publicKey),
          counter: BigInt(counter),
          createdAt,
        },
      ],
      skipDuplicates: true,
      select: { id: true },
    });
    if (row === undefined) throw new ServiceError("conflict", { key: "error.passkey-refused" });
    await notifyMember(ctx, memberId, "passkey-added");
    return { passkeyId: row.id, recoveryCodes: await giveFirstCodes(ctx, memberId) };
  },
  audit: ({ passkeyId }) => ({ change: "passkey added", passkeyId }),
  answer: ({ recoveryCodes }) => ({ recoveryCodes }),
});

/**
 * Locks the acting member, who may add a passkey. Throws `conflict` for members who sign in at the identity provider: a
 * passkey would still let them in after the provider no longer does.
 */
async function lockForNewPasskey(ctx: TransactionContext): Promise<MemberId> {
  const memberId = MemberId.parse(requireMemberId(ctx));
  await lockMember(ctx, memberId);
  if (!(await mayUsePasskeys(ctx, memberId)))
    throw new ServiceError("conflict", { key: "error.passkey-without-password" });
  return memberId;
}

/** True if the member may add and use passkeys: they have a password of their own here, and may sign in with it. */
export async function mayUsePasskeys(ctx: TransactionContext, memberId: MemberId) {
  const { db, organizationId } = ctx;
  const where = { organizationId, id: memberId, removedAt: null, ...ownPassword };
  return (await db.member.count({ where })) > 0 && !(await isProviderRequired(ctx, memberId));
}

/** A password that the member has chosen, and that no owner has reset since. */
const ownPassword = { passwordHash: { not: "" }, hasFirstPassword: false };

/** Renames one of the member's own passkeys. */
export const renamePasskey = command({
  name: "renamePasskey",
  action: "member.change-own-factors",
  stepUp: true,
  input: z.strictObject({ passkeyId: PasskeyId, name: PasskeyName }),
  run: async (ctx, { passkeyId: id, name }) => {
    const { db, organizationId } = ctx;
    const where = { organizationId, id, memberId: requireMemberId(ctx) };
    const { count } = await db.passkey.updateMany({ where, data: { name } });
    if (count === 0) throw new ServiceError("not-found", { key: "error.changed-meanwhile" });
  },
  audit: (_, { passkeyId }) => ({ change: "passkey renamed", passkeyId }),
});

/** Removes one of the member's own passkeys, and with the last factor the recovery codes. */
export const removePasskey = command({
  name: "removePasskey",
  action: "member.change-own-factors",
  stepUp: true,
  input: z.strictObject({ passkeyId: PasskeyId }),
  run: async (ctx, { passkeyId: id }) => {
    const { db, organizationId } = ctx;
    const hasRemoved = await removeOwnFactor(ctx, (memberId) =>
      db.passkey.deleteMany({ where: { organizationId, id, memberId } }),
    );
    if (!hasRemoved) throw new ServiceError("not-found", { key: "error.changed-meanwhile" });
    await notifyMember(ctx, MemberId.parse(requireMemberId(ctx)), "passkey-removed");
  },
  audit: (_, { passkeyId }) => ({ change: "passkey removed", passkeyId }),
});

/**
 * Returns the options with which a browser uses a passkey. They name no passkey and are the same for everybody, so they
 * reveal nothing about members.
 */
export const createPasskeyOptions = async (
  { db, keys }: Installation,
  { origin, browser }: PasskeySite,
) =>
  generateAuthenticationOptions({
    rpID: toRpId(origin),
    challenge: await issueChallenge({ db: db.prisma, keys }, "use", browser),
    userVerification: "required",
  });

/**
 * Checks what a passkey of this member answered, and uses up its challenge. False if the answer is wrong. It is also wrong
 * if the device's counter has not risen: then two devices may hold the same key, which goes on record.
 *
 * Call with the member locked (`lockMember`): otherwise an owner's reset could miss the session.
 */
export async function acceptPasskey(
  ctx: TransactionContext,
  memberId: MemberId,
  answer: PasskeyAnswer,
  { origin, browser }: PasskeySite,
): Promise<boolean> {
  const { db, organizationId, now: usedAt } = ctx;
  const passkey = await db.passkey.findFirst({
    where: { organizationId, memberId, credentialId: answer.id },
  });
  // A spent challenge is a row, so none is spent by a passkey that anybody could have made up.
  if (passkey === null) return false;
  const { clientDataJSON } = answer.response;
  const challenge = await spendChallenge(ctx, "use", { browser, clientDataJSON });
  if (challenge === null) return false;
  const used = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: toRpId(origin),
    requireUserVerification: true,
    // With the counter on record, the library would not say whether only the counter is wrong.
    credential: {
      id: passkey.credentialId,
      publicKey: Uint8Array.from(passkey.publicKey),
      counter: 0,
    },
  }).catch(() => null);
  if (used?.verified !== true) return false;
  const counter = BigInt(used.authenticationInfo.newCounter);
  // Keys that several devices share do not count, and always say 0.
  const hasRisen = counter > passkey.counter || (counter === 0n && passkey.counter === 0n);
  if (!hasRisen) {
    const { id: passkeyId } = passkey;
    await appendAudit(ctx, "session.refuse", { memberId, passkeyId, why: "passkey-counter" });
    return false;
  }
  await db.passkey.updateMany({
    where: { organizationId, id: passkey.id },
    data: { counter, usedAt },
  });
  return true;
}

/**
 * `unknown`: the passkey is not known here, or its answer is wrong. The others know whose passkey it is: `provider`:
 * members of this organization sign in through their identity provider only. `reset`: an owner has reset the member's
 * password, and they have to choose a new one first.
 */
export type PasskeySignIn =
  | { outcome: "started"; session: SessionKey }
  | { outcome: "unknown" }
  | { outcome: "provider"; organizationId: OrganizationId }
  | { outcome: "reset" };

type PasskeyRequest = PasskeySite & { address: string | null; userAgent: string | null };

/**
 * Signs in whoever has a passkey, without a password or another factor. It does not call `allow`, because nobody is
 * signed in yet: the passkey says who it is. Nothing can be guessed here, so no attempts are counted.
 */
export async function signInByPasskey(
  installation: Installation,
  answer: PasskeyAnswer,
  { address, userAgent, ...site }: PasskeyRequest,
): Promise<PasskeySignIn> {
  const key = readUserHandle(answer.response.userHandle);
  const member = key && (await findMember(installation, key));
  if (key === null || member === null) return { outcome: "unknown" };
  const { organizationId, memberId } = key;
  const source = {
    network: address === null ? null : findNetwork(address),
    browser: site.browser,
    device: describeDevice(userAgent),
  };
  const ctx: RootContext = { ...installation, organizationId, actor: toActor(member) };
  return inTransaction(ctx, async (ctx): Promise<PasskeySignIn> => {
    await shareLock(ctx, "identity-provider");
    const isLocked = await lockMember(ctx, memberId);
    if (!isLocked || !(await acceptPasskey(ctx, memberId, answer, site)))
      return { outcome: "unknown" };
    const refuse = async (refusal: PasskeySignIn, why: string) => {
      await appendAudit(ctx, "session.refuse", { memberId, why });
      return refusal;
    };
    if (await isProviderRequired(ctx, memberId))
      return refuse({ outcome: "provider", organizationId }, "passkey");
    if (!(await mayUsePasskeys(ctx, memberId)))
      return refuse({ outcome: "reset" }, "passkey-reset");
    const session = await openSession(ctx, memberId, source, { by: "passkey" });
    if (session === null) return { outcome: "unknown" };
    const { sessionId } = session;
    return { outcome: "started", session: { organizationId, sessionId } };
  });
}

/** Finds the current member whom a passkey names. Nothing is proved yet: anybody can write a user handle. */
async function findMember({ db }: Installation, { organizationId, memberId }: UserHandle) {
  const member = await db.prisma.member.findFirst({
    where: { organizationId, id: memberId, removedAt: null },
    select: { role: true, sellerIds: true },
  });
  if (member === null) return null;
  return { memberId, role: member.role, sellerIds: z.array(SellerId).parse(member.sellerIds) };
}

/** The ids by which a passkey says whose it is. Devices keep them, so they are nothing personal. */
const UserHandle = z.object({ organizationId: OrganizationId, memberId: MemberId });
type UserHandle = z.infer<typeof UserHandle>;

const writeUserHandle = (organizationId: OrganizationId, memberId: MemberId) =>
  Uint8Array.from(Buffer.from(`${organizationId}${memberId}`.replaceAll("-", ""), "hex"));

function readUserHandle(handle: string | undefined): UserHandle | null {
  const bytes = Buffer.from(handle ?? "", "base64url");
  const ids = {
    organizationId: toUuid(bytes.subarray(0, ID_BYTES)),
    memberId: toUuid(bytes.subarray(ID_BYTES)),
  };
  return UserHandle.safeParse(ids).data ?? null;
}

const ID_BYTES = 16;
