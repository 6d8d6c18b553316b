import {
  confirmAuthenticator,
  startAuthenticator,
} from "../src/account/second-factor/authenticator.ts";
import { showCode } from "./authenticator-app.ts";
import { type aMember, aSession } from "./members.ts";
import { db } from "./scenes.ts";

/** Gives a member an authenticator app, in a session that is signed in. */
export async function anAuthenticator(member: Awaited<ReturnType<typeof aMember>>) {
  const session = await aSession(member);
  const { secret } = await startAuthenticator(member.ctx);
  const { sessionId } = session;
  const confirmed = await confirmAuthenticator(member.ctx, { code: showCode(secret), sessionId });
  if (confirmed.outcome !== "confirmed") throw new Error(confirmed.outcome);
  return { secret, recoveryCodes: confirmed.recoveryCodes, session };
}

/** Lets two steps of half a minute pass for a member's authenticator, so that the current code is accepted again. */
export const passSteps = ({ memberId }: { memberId: string }) =>
  db.pool.query("UPDATE authenticator SET last_step = last_step - 2 WHERE member_id = $1", [
    memberId,
  ]);

/** Reads the mails about sign-ins that wait to be sent to members of an organization. */
export async function readNotices({ ctx }: { ctx: { organizationId: string } }) {
  const { rows } = await db.pool.query<{ notice: string | null }>(
    `SELECT payload->>'notice' AS notice FROM graphile_worker._private_jobs
     WHERE payload->>'organizationId' = $1 ORDER BY id`,
    [ctx.organizationId],
  );
  return rows.flatMap(({ notice }) => notice ?? []);
}
