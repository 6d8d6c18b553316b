import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { offerAgreement } from "@/features/consents/consent/spoken/agreement";
import { CallSheet, NobodyOnLine } from "@/features/desk/number/call/call-sheet";
import { loadNumberQuery, toVerbInput } from "@/features/desk/number/number-query";
import { api, loadChoices, loadOrExplain } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { unsealText } from "@/server/sealed-search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("call");
  return { title: t("title") };
}

/** Shows a number on the line that the agent typed and that was not on record. */
export default async function CallPage({ searchParams }: PageProps<"/call">) {
  const member = await requireMember("opt-out.record");
  const params = await searchParams;
  const seal = typeof params.asked === "string" ? params.asked : null;
  const typed = seal && (await unsealText(seal));
  if (seal === null || typed === null) return <NobodyOnLine isOver={seal !== null} />;

  const look = loadNumberQuery(params);
  const answer = await loadOrExplain(api.phone.find({ ...toVerbInput(look), phone: typed }));
  if (answer.fault !== undefined) return <NobodyOnLine typed={typed} fault={answer.fault} />;
  const { reading, judged } = answer.got;
  if (judged === null || reading === null || "fault" in reading) {
    return (
      <NobodyOnLine typed={typed} fault={reading && "fault" in reading ? reading.fault : null} />
    );
  }
  const choices = await loadChoices(member);
  const of = { seen: answer.got, judged, phone: reading.phone, choices, member };
  return (
    <CallSheet
      key={seal}
      {...of}
      agreement={offerAgreement(of)}
      whyNoCode={await whyNot(member, "person-code.hand-out")}
      isFound
    />
  );
}
