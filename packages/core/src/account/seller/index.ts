export {
  AddSeller,
  ChangeSeller,
  ConsentPolicy,
  type FoundSeller,
  Sector,
  SellerKey,
  findSeller,
} from "./seller.ts";
