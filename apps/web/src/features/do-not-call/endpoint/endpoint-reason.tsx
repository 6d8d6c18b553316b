import { useTranslations } from "next-intl";
import { TextField } from "@/components/text-field";

type EndpointReasonProps = {
  reason: string;
  isFault: boolean;
  onReason: (reason: string) => void;
};

/** Asks why an outside system receives data about people. */
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
