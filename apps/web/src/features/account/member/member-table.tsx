import type { MemberId } from "@ringfence/core/ids";
import type { MemberView } from "@ringfence/services/account/member";
import type { listSellers } from "@ringfence/services/account/seller";
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import type { ComponentProps } from "react";
import { limitableRoles } from "@ringfence/core/account/member";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { Facts } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";

type Sellers = Awaited<ReturnType<typeof listSellers>>;
type MemberTableProps = { members: readonly MemberView[]; sellers: Sellers; self: MemberId };

/** Table of members with role, sellers and last sign-in. */
export function MemberTable({ members, sellers, self }: MemberTableProps) {
  const t = useTranslations("members");
  const columns: [Column<MemberView>, ...Column<MemberView>[]] = [
    {
      key: "name",
      head: t("name"),
      cell: ({ id, name }) => (
        <>
          <Link href={`/members/${id}`}>{name}</Link>
          {id === self && <span className="font-normal text-muted"> {t("you")}</span>}
        </>
      ),
    },
    {
      key: "email",
      head: t("email"),
      narrow: "full",
      cell: ({ email }) => <span className="break-all">{email}</span>,
    },
    ...useRightsColumns(sellers),
    useSignInColumn(),
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={members}
      rowKey={({ id }) => id}
    />
  );
}

function useRightsColumns(sellers: Sellers): Column<MemberView>[] {
  const t = useTranslations("members");
  const role = useTranslations("role");
  const may = useTranslations("roleMay");
  const formatSellers = useSellerNames(sellers);
  return [
    {
      key: "role",
      head: t("role"),
      narrow: "full",
      cell: (member) => (
        <>
          {role(member.role)}
          <span className="block max-w-[24rem] text-sm text-muted">{may(member.role)}</span>
        </>
      ),
    },
    { key: "sellers", head: t("for"), narrow: t("for"), cell: formatSellers },
  ];
}

function useSignInColumn(): Column<MemberView> {
  const t = useTranslations("members");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return {
    key: "signedIn",
    head: t("signedIn", { zone }),
    narrow: t("signedIn", { zone }),
    cell: (member) => <LastSignIn member={member} precision="cell" />,
  };
}

type MemberFactsProps = {
  member: MemberView;
  sellers: Awaited<ReturnType<typeof listSellers>>;
};

/** A member's email, role, sellers and last sign-in. */
export function MemberFacts({ member, sellers }: MemberFactsProps) {
  const t = useTranslations("member");
  const role = useTranslations("role");
  const may = useTranslations("roleMay");
  const formatSellers = useSellerNames(sellers);
  const { email, removedAt } = member;
  return (
    <Facts
      facts={[
        ...(removedAt ? [{ name: t("removedAt"), value: <LocalTime instant={removedAt} /> }] : []),
        { name: t("email"), value: email },
        { name: t("role"), value: role(member.role), notes: [may(member.role)] },
        { name: t("for"), value: formatSellers(member) },
        { name: t("signedIn"), value: <LastSignIn member={member} /> },
        { name: t("secondFactor"), value: t(member.hasSecondFactor ? "hasFactor" : "noFactor") },
      ]}
    />
  );
}

type LastSignInProps = Pick<ComponentProps<typeof LocalTime>, "precision"> & {
  member: Pick<MemberView, "signedInAt" | "isSignedIn" | "hasFirstPassword">;
};

/**
 * A member's last sign-in, whether they are signed in now, and whether they still have to choose a
 * password.
 */
function LastSignIn({ member, precision = "minute" }: LastSignInProps) {
  const t = useTranslations("members");
  const { signedInAt, isSignedIn, hasFirstPassword } = member;
  return (
    <>
      {signedInAt ? <LocalTime instant={signedInAt} precision={precision} /> : t("never")}
      {isSignedIn && <span className="block text-sm font-medium text-allow">{t("open")}</span>}
      {hasFirstPassword && <span className="block text-sm text-muted">{t("firstPassword")}</span>}
    </>
  );
}

/** The sellers a member works for, in words. */
function useSellerNames(sellers: Awaited<ReturnType<typeof listSellers>>) {
  const t = useTranslations("members");
  const format = useFormatter();
  return ({ role, sellerIds }: Pick<MemberView, "role" | "sellerIds">): string =>
    sellerIds.length === 0 || !limitableRoles.includes(role)
      ? t("allSellers")
      : format.list(sellers.flatMap(({ id, name }) => (sellerIds.includes(id) ? name : [])));
}
