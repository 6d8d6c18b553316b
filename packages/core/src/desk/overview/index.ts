export {
  ListContactsByStep,
  OverviewFigures,
  SellerStep,
  type CauseCount,
  type RefusalCount,
  sumRefusals,
} from "./overview.ts";
