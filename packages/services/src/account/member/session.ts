import type { Actor, Role } from "@ringfence/core/platform/access";
import type { MemberId, OrganizationId, SellerId, SessionId } from "@ringfence/core/ids";
import type { Theme } from "@ringfence/core/account/member";
import type { Locale } from "@ringfence/core/platform/message";

/** A sign-in holds for a working day, however busy: it is not prolonged, so that no read writes. */
export const SESSION_HOURS = 12;

/** What a cookie carries. Nothing in it is personal, and nothing in it gives leave by itself. */
export type SessionKey = { organizationId: OrganizationId; sessionId: SessionId };

/** Who is signed in, as pages know them. */
export type CurrentMember = SessionKey & {
  memberId: MemberId;
  organizationName: string;
  name: string;
  email: string;
  role: Role;
  sellerIds: readonly SellerId[];
  locale: Locale;
  /** IANA name. */
  zone: string;
  theme: Theme;
  hasSingleKeys: boolean;
  /** Whether all they may do is choose a password of their own. */
  hasFirstPassword: boolean;
};

export const actorOf = ({
  memberId: id,
  role,
  sellerIds,
}: Pick<CurrentMember, "memberId" | "role" | "sellerIds">): Actor & { type: "member" } => ({
  type: "member",
  id,
  role,
  sellerIds,
});
