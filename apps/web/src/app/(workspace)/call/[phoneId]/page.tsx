import { ReadNumber } from "@ringfence/core/desk/number";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { offerAgreement } from "@/features/consents/consent/spoken/agreement";
import { CallSheet, NobodyOnLine } from "@/features/desk/number/call/call-sheet";
import { loadNumberQuery, toVerbInput } from "@/features/desk/number/number-query";
import { api, loadChoices, loadOrExplain } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

/** The title leaves out the number, because browsers keep page titles in their history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("call");
  return { title: t("title") };
}

/** Page that a dialer opens for the agent with the person on the line. */
export default async function CallPhonePage({
  params,
  searchParams,
}: PageProps<"/call/[phoneId]">) {
  const member = await requireMember("opt-out.record");
  const look = await loadNumberQuery(searchParams);
  const { data: phoneId } = ReadNumber.shape.phoneId.safeParse((await params).phoneId);
  if (phoneId === undefined) notFound();

  const answer = await loadOrExplain(api.phone.read({ ...toVerbInput(look), phoneId }));
  if (answer.fault !== undefined) return <NobodyOnLine fault={answer.fault} />;
  const { judged } = answer.got;
  const phone = judged?.answer.phone ?? null;
  if (judged === null || phone === null) return <NobodyOnLine />;
  const choices = await loadChoices(member);
  const of = { seen: answer.got, judged, phone, choices, member };
  return (
    <CallSheet
      key={phoneId}
      {...of}
      agreement={offerAgreement(of)}
      whyNoCode={await whyNot(member, "person-code.hand-out")}
      isFound={look.found}
    />
  );
}
