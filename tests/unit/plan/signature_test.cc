// SPDX-License-Identifier: Apache-2.0
// Signatures are libsodium's; the oracle is OpenSSL's Ed25519, which follows the same RFC but takes
// keys of small order. So a forgery with such a key can be shown to be one before it is refused.

#include "runtime/plan/signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

#include "runtime/plan/plan.h"
#include "tests/unit/plan/key_pair.h"
#include "tests/unit/plan/plan_bytes.h"
#include "tests/unit/plan/sample_plan.h"

namespace mcplexer::plan {
namespace {

using ::testing::HasSubstr;
using testing::KeyPair;

Bytes Sample() { return emit::Serialize(testing::SampleSections(), Digest{1, 2, 3}); }

std::string LoadError(Bytes bytes, const Trust& trust = Trust()) {
  const Result<Plan> plan = Plan::Load(std::move(bytes), trust);
  return plan ? "" : plan.error().message;
}

template <size_t N>
std::array<uint8_t, N> FromHex(std::string_view hex) {
  std::array<uint8_t, N> bytes{};
  EXPECT_EQ(hex.size(), 2 * N);
  for (size_t i = 0; i < N; ++i) {
    bytes[i] = static_cast<uint8_t>(std::stoul(std::string(hex.substr(2 * i, 2)), nullptr, 16));
  }
  return bytes;
}

bool OpenSslAccepts(std::span<const std::byte> message, const SignatureBytes& signature,
                    const PublicKey& key) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> parsed(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()),
      EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  EXPECT_EQ(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, parsed.get()), 1);
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                          reinterpret_cast<const unsigned char*>(message.data()),
                          message.size()) == 1;
}

std::span<const std::byte> SignedPart(const Header& header) {
  return std::as_bytes(std::span(&header, 1)).first(kSignedHeaderBytes);
}

// RFC 8032, section 7.1, tests 1 to 3.
TEST(Ed25519, AcceptsTheVectorsOfTheRfcAndNothingNearThem) {
  struct Vector {
    std::string_view seed, key, signature;
    std::vector<std::byte> message;
  };
  const Vector vectors[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf"
       "9"
       "b46bd25bf5f0595bbe24655141438e7a100b",
       {}},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f"
       "1"
       "1d8c387b2eaeb4302aeeb00d291612bb0c00",
       {std::byte{0x72}}},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984"
       "d"
       "c6594a7c15e9716ed28dc027beceea1ec40a",
       {std::byte{0xaf}, std::byte{0x82}}},
  };
  for (const Vector& vector : vectors) {
    const auto key = FromHex<32>(vector.key);
    const auto signature = FromHex<64>(vector.signature);
    EXPECT_EQ(KeyPair(FromHex<32>(vector.seed)).public_key, key);
    EXPECT_TRUE(SignatureHolds(vector.message, signature, key));
    EXPECT_TRUE(OpenSslAccepts(vector.message, signature, key));
    for (size_t bit = 0; bit < 8 * signature.size(); ++bit) {
      SignatureBytes changed = signature;
      changed[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
      EXPECT_FALSE(SignatureHolds(vector.message, changed, key)) << bit;
    }
    for (size_t bit = 0; bit < 8 * key.size(); ++bit) {
      PublicKey changed = key;
      changed[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
      EXPECT_FALSE(SignatureHolds(vector.message, signature, changed)) << bit;
    }
    std::vector<std::byte> longer = vector.message;
    longer.push_back(std::byte{0});
    EXPECT_FALSE(SignatureHolds(longer, signature, key));
  }
}

// S and S + L are the same scalar, L being the group's order.
TEST(Ed25519, RefusesASecondFormOfASignature) {
  static constexpr auto kOrder =
      std::to_array<uint8_t>({0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                              0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                              0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10});
  const Header header = HeaderOf(KeyPair(1).Signed(Sample()));
  ASSERT_EQ(CheckSignature(header), SignatureState::kValid);
  Header other = header;
  std::array<uint8_t, 32> reduced{};
  std::array<uint8_t, 64> wide{};
  // S + 15 L is still below 2^256.
  for (int times = 1; times <= 15; ++times) {
    unsigned carry = 0;
    for (size_t i = 0; i < kOrder.size(); ++i) {
      carry += other.signature[32 + i] + unsigned{kOrder[i]};
      other.signature[32 + i] = static_cast<uint8_t>(carry);
      carry >>= 8;
    }
    std::copy(other.signature.begin() + 32, other.signature.end(), wide.begin());
    crypto_core_ed25519_scalar_reduce(reduced.data(), wide.data());
    ASSERT_TRUE(std::equal(reduced.begin(), reduced.end(), header.signature.begin() + 32));
    EXPECT_EQ(CheckSignature(other), SignatureState::kInvalid) << times;
  }
}

// With a key of small order the equation S*B = R + h*A holds for S = 1, R = B whenever h is a
// multiple of the key's order, so one signature fits a good part of all messages.
TEST(Ed25519, RefusesForgeriesWithKeysOfSmallOrder) {
  const std::string_view keys[] = {
      // y = 0 (order 4), 1 (the neutral element), -1 (order 2), and two of order 8
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
      // y = p and p + 1: 0 and 1 once more, not in their canonical form
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  };
  for (const std::string_view key : keys) {
    Header header = HeaderOf(Sample());
    header.signer = FromHex<32>(key);
    header.signature = FromHex<64>(
        "5866666666666666666666666666666666666666666666666666666666666666"
        "0100000000000000000000000000000000000000000000000000000000000000");
    int forged = 0;
    for (int attempt = 0; attempt < 200; ++attempt) {
      header.source_digest[0] = static_cast<uint8_t>(attempt);
      if (!OpenSslAccepts(SignedPart(header), header.signature, header.signer)) continue;
      ++forged;
      EXPECT_EQ(CheckSignature(header), SignatureState::kInvalid) << key;
    }
    EXPECT_GT(forged, 0) << key;
  }
}

TEST(Ed25519, RefusesASignatureWhoseFirstHalfIsOfSmallOrder) {
  const KeyPair pair(1);
  Header header = HeaderOf(pair.Signed(Sample()));
  for (const std::string_view point :
       {"0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    const auto bytes = FromHex<32>(point);
    std::copy(bytes.begin(), bytes.end(), header.signature.begin());
    EXPECT_EQ(CheckSignature(header), SignatureState::kInvalid);
  }
}

TEST(Signature, IsAcceptedAndNamesItsSigner) {
  const KeyPair pair(42);
  EXPECT_EQ(CheckSignature(HeaderOf(Sample())), SignatureState::kUnsigned);
  EXPECT_EQ(SignerId(HeaderOf(Sample())), std::nullopt);
  const Result<Plan> plan = Plan::Load(pair.Signed(Sample()));
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  EXPECT_EQ(plan->header().signer, pair.public_key);
  EXPECT_EQ(CheckSignature(plan->header()), SignatureState::kValid);
  EXPECT_EQ(SignerId(plan->header()), KeyId(pair.public_key));
  const Header& header = plan->header();
  EXPECT_TRUE(OpenSslAccepts(SignedPart(header), header.signature, header.signer));
}

TEST(Signature, DoesNotChangeThePlansIdentity) {
  EXPECT_EQ(Plan::Load(KeyPair(42).Signed(Sample()))->id(), Plan::Load(Sample())->id());
}

TEST(Signature, OfTheSamePlanByTheSameKeyIsTheSame) {
  EXPECT_EQ(KeyPair(42).Signed(Sample()), KeyPair(42).Signed(Sample()));
}

TEST(Signature, RefusesEveryChangedBitOfASignedHeader) {
  const Bytes bytes = KeyPair(42).Signed(Sample());
  for (size_t bit = 0; bit < 8 * sizeof(Header); ++bit) {
    Bytes changed = bytes;
    changed[bit / 8] ^= std::byte{static_cast<uint8_t>(1u << bit % 8)};
    EXPECT_NE(LoadError(std::move(changed)), "") << "bit " << bit;
  }
}

TEST(Signature, OfOtherContentIsRefused) {
  Bytes bytes = KeyPair(42).Signed(Sample());
  Header header = HeaderOf(bytes);
  header.source_digest[0] ^= 1;
  SetHeader(bytes, header);
  Reseal(bytes);
  EXPECT_THAT(LoadError(bytes), HasSubstr("signature does not verify"));
}

TEST(Signature, TakenAwayByHalvesIsRefused) {
  const Header whole = HeaderOf(KeyPair(42).Signed(Sample()));
  Header header = whole;
  header.signer = {};
  EXPECT_EQ(CheckSignature(header), SignatureState::kInvalid);
  header = whole;
  header.signature = {};
  EXPECT_EQ(CheckSignature(header), SignatureState::kInvalid);
}

TEST(Trusting, NobodyInParticularTakesSignedAndUnsignedPlans) {
  EXPECT_EQ(LoadError(Sample()), "");
  EXPECT_EQ(LoadError(KeyPair(1).Signed(Sample())), "");
}

TEST(Trusting, SomebodyTakesOnlyWhatTheySigned) {
  const KeyPair ours(1);
  const KeyPair next(2);
  const KeyPair other(3);
  const Trust one = Trust::Only({ours.public_key});
  const Trust two = Trust::Only({ours.public_key, next.public_key});
  EXPECT_EQ(LoadError(ours.Signed(Sample()), one), "");
  EXPECT_EQ(LoadError(ours.Signed(Sample()), two), "");
  EXPECT_EQ(LoadError(next.Signed(Sample()), two), "");
  EXPECT_EQ(LoadError(next.Signed(Sample()), one),
            "plan: signed by key " + KeyId(next.public_key) + ", which is not trusted");
  EXPECT_THAT(LoadError(other.Signed(Sample()), two), HasSubstr("not trusted"));
  EXPECT_THAT(LoadError(Sample(), two), HasSubstr("plan: not signed"));
}

// Somebody else's name under a plan that they did not sign.
TEST(Trusting, ASignersNameAloneIsWorthNothing) {
  const KeyPair ours(1);
  Bytes bytes = KeyPair(3).Signed(Sample());
  Header header = HeaderOf(bytes);
  header.signer = ours.public_key;
  SetHeader(bytes, header);
  EXPECT_THAT(LoadError(bytes, Trust::Only({ours.public_key})),
              HasSubstr("not signed by key " + KeyId(ours.public_key)));
}

// Whoever changes a plan can put its digest right, or take the signature off, or sign it.
TEST(Trusting, EveryChangedByteOfASignedPlanIsRefusedWhateverElseIsDoneToIt) {
  const KeyPair ours(1);
  const KeyPair other(3);
  const Trust trust = Trust::Only({ours.public_key});
  const Bytes bytes = ours.Signed(Sample());
  ASSERT_EQ(LoadError(bytes, trust), "");
  for (size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= std::byte{static_cast<uint8_t>(1u << i % 8)};
    EXPECT_NE(LoadError(changed, trust), "") << "byte " << i;
    // These are in the header, and putting the digest right would only undo or hide the change.
    if (i >= 32 && i < 64) continue;
    Reseal(changed);
    EXPECT_NE(LoadError(changed, trust), "") << "byte " << i << ", resealed";
    EXPECT_NE(LoadError(other.Signed(changed), trust), "") << "byte " << i << ", signed again";
    Header header = HeaderOf(changed);
    header.signer = {};
    header.signature = {};
    SetHeader(changed, header);
    EXPECT_NE(LoadError(changed, trust), "") << "byte " << i << ", not signed any more";
  }
}

TEST(Trusting, EveryShorterPlanIsRefused) {
  const KeyPair ours(1);
  const Trust trust = Trust::Only({ours.public_key});
  const Bytes bytes = ours.Signed(Sample());
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_NE(LoadError({bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size)}, trust), "");
  }
}

// What is wrong with a plan by a stranger is of no interest: its records are not even looked at.
TEST(Trusting, ComesBeforeTheRecords) {
  emit::PlanSections sections = testing::SampleSections();
  sections.meta[0].default_principal = 12345;
  const Bytes bytes = emit::Serialize(sections, Digest{});
  const Trust trust = Trust::Only({KeyPair(1).public_key});
  EXPECT_THAT(LoadError(bytes), HasSubstr("the anonymous principal is not"));
  EXPECT_THAT(LoadError(bytes, trust), HasSubstr("not signed"));
  EXPECT_THAT(LoadError(KeyPair(1).Signed(bytes), trust),
              HasSubstr("the anonymous principal is not"));
}

}  // namespace
}  // namespace mcplexer::plan
