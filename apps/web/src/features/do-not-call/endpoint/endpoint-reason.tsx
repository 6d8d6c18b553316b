import { useTranslations } from "next-intl";
import { TextField } from "@/components/text-field";

type EndpointReasonProps = {
  reason: string;
  isFault: boolean;
  onReason: (reason: string) => void;
};

/** Asks what a system outside is told of people for. */
export function EndpointReason({ reason, isFault, onReason }: EndpointReasonProps) {
  const t = useTranslations("newEndpoint");
  return (
    <TextField
      words={{ label: t("reason"), hint: t("reasonHint"), fault: t("reasonFault") }}
      {...{ isFault }}
      value={reason}
      onText={onReason}
    />
  );
}
