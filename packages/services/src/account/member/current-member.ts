import { Role } from "@ringfence/core/platform/access";
import { MemberId, SellerId } from "@ringfence/core/ids";
import { ChangeOwnSettings } from "@ringfence/core/account/member";
import type { Db } from "@ringfence/db";
import { z } from "zod";
import type { CurrentMember, SessionKey } from "./session.ts";

const Row = ChangeOwnSettings.required().extend({
  memberId: MemberId,
  organizationName: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  sellerIds: z.array(SellerId),
  hasFirstPassword: z.boolean(),
});

/**
 * Who a session belongs to; null when it has ended, was revoked, or is another organization's.
 *
 * One statement for session and member, at every request: to delete the row is to end the session.
 */
export async function currentMember(db: Db, key: SessionKey): Promise<CurrentMember | null> {
  const row = await db.prisma.$kysely
    .selectFrom("session")
    .innerJoin("member", (join) =>
      join
        .onRef("member.organizationId", "=", "session.organizationId")
        .onRef("member.id", "=", "session.memberId"),
    )
    .innerJoin("organization", "organization.id", "session.organizationId")
    .where("session.organizationId", "=", key.organizationId)
    .where("session.id", "=", key.sessionId)
    .where("member.removedAt", "is", null)
    .where(({ eb, fn }) => eb("session.expiresAt", ">", fn<Date>("clock_timestamp")))
    .select([
      "member.id as memberId",
      "organization.name as organizationName",
      "member.name",
      "member.email",
      "member.role",
      "member.sellerIds",
      "member.locale",
      "member.zone",
      "member.theme",
      "member.hasSingleKeys",
      "member.hasFirstPassword",
    ])
    .executeTakeFirst();
  return row === undefined ? null : { ...key, ...Row.parse(row) };
}
