import type { LucideIcon } from "lucide-react";

type IconProps = { of: LucideIcon; className?: string };

/** Always beside a word, which says the same; so it says nothing itself. */
export const Icon = ({ of: Shape, className }: IconProps) => (
  <Shape aria-hidden size={16} strokeWidth={1.75} className={className} />
);
