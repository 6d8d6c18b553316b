import { z } from "zod";
import { MemberId, SessionId } from "@ringfence/core/ids";
import { ServiceError, type TransactionContext, command, query } from "../../platform/internal.ts";
import { requireMemberId } from "./sessions.ts";

/** Sign-ins that are shown at most, the latest first. */
const MAX_SIGN_INS = 50;

/** Lists where the acting member is signed in, and their last sign-ins. */
export const listOwnSessions = query({
  name: "listOwnSessions",
  action: "session.read",
  run: (ctx) => loadSessions(ctx, requireMemberId(ctx)),
  audit: "none",
});

/** Shows an owner where a member is signed in, and their last sign-ins. */
export const listMemberSessions = query({
  name: "listMemberSessions",
  action: "session.read-others",
  input: z.strictObject({ memberId: MemberId }),
  run: async (ctx, { memberId }) => {
    await assertMember(ctx, memberId);
    return loadSessions(ctx, memberId);
  },
  audit: (_, { memberId }) => ({ memberId }),
});

/** Ends one session of a member, or all of them. It needs no proof, because it only takes access away. */
export const endMemberSessions = command({
  name: "endMemberSessions",
  action: "session.end-others",
  input: z.strictObject({ memberId: MemberId, sessionId: SessionId.optional() }),
  run: async (ctx, { memberId, sessionId }) => {
    await assertMember(ctx, memberId);
    const { db, organizationId, now } = ctx;
    const { count } = await db.session.deleteMany({
      where: {
        organizationId,
        memberId,
        expiresAt: { gt: now },
        ...(sessionId !== undefined && { id: sessionId }),
      },
    });
    return { ended: count };
  },
  audit: ({ ended }, { memberId, sessionId }) =>
    ended > 0 ? { memberId, ended, ...(sessionId !== undefined && { sessionId }) } : null,
});

async function assertMember({ db, organizationId }: TransactionContext, id: MemberId) {
  if ((await db.member.count({ where: { organizationId, id } })) === 0)
    throw new ServiceError("not-found", { key: "error.member-not-found" });
}

const SignInMethod = z.enum(["password", "passkey", "provider"]);
const SignInFactor = z.enum(["authenticator", "recovery-code", "passkey"]);

const SessionRow = z.object({
  sessionId: SessionId,
  createdAt: z.date(),
  expiresAt: z.date(),
  network: z.string().nullable(),
  device: z.string().nullable(),
});
export type SessionView = z.infer<typeof SessionRow>;

const SignInRow = z.object({
  id: z.string(),
  at: z.date(),
  method: SignInMethod,
  factor: SignInFactor.nullable(),
  network: z.string().nullable(),
  device: z.string().nullable(),
  /** True if they had signed in during the last 180 days, and not from this network. */
  isNewNetwork: z.boolean(),
});
export type SignInView = z.infer<typeof SignInRow>;

async function loadSessions({ db, organizationId, now }: TransactionContext, memberId: string) {
  const sessions = await db.session.findMany({
    where: { organizationId, memberId, awaitsFactor: false, expiresAt: { gt: now } },
    orderBy: { id: "desc" },
  });
  const signIns = await db.signIn.findMany({
    where: { organizationId, memberId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MAX_SIGN_INS,
  });
  return {
    sessions: sessions.map(({ id, ...row }) => SessionRow.parse({ sessionId: id, ...row })),
    signIns: signIns.map((row) => SignInRow.parse(row)),
  };
}
