#include "tag/session.hpp"

#include <algorithm>

namespace seals::tag {
namespace {

Bytes padded(ByteView plain) {
    Bytes run = to_bytes(plain);
    run.push_back(0x80);
    run.resize((run.size() + 15) / 16 * 16);
    return run;
}

// Bytes are numbered as they travel: A[0..1], then A[2..7] xor B[0..5], then the rests.
Bytes session_vector(std::uint8_t first, std::uint8_t second, const Block& a, const Block& b) {
    Bytes sv{first, second, 0x00, 0x01, 0x00, 0x80, a[0], a[1]};
    for (std::size_t i = 0; i < 6; ++i)
        sv.push_back(a[i + 2] ^ b[i]);
    sv.insert(sv.end(), b.begin() + 6, b.end());
    sv.insert(sv.end(), a.begin() + 8, a.end());
    return sv;
}

}  // namespace

Block rotated_left(const Block& in) {
    Block out = in;
    std::rotate(out.begin(), out.begin() + 1, out.end());
    return out;
}

SessionKeys session_keys(const Key& key, const Block& rnd_a, const Block& rnd_b) {
    return {cmac(key, session_vector(0xa5, 0x5a, rnd_a, rnd_b)),
            cmac(key, session_vector(0x5a, 0xa5, rnd_a, rnd_b))};
}

Bytes Session::mac_input(std::uint8_t code, ByteView data) const {
    Bytes run{code, static_cast<std::uint8_t>(counter & 0xff),
              static_cast<std::uint8_t>(counter >> 8)};
    run.insert(run.end(), ti.begin(), ti.end());
    run.insert(run.end(), data.begin(), data.end());
    return run;
}

Mac Session::command_mac(std::uint8_t ins, ByteView data) const {
    return truncated(cmac(keys.mac, mac_input(ins, data)));
}

Mac Session::answer_mac(std::uint8_t status, ByteView data) const {
    return truncated(cmac(keys.mac, mac_input(status, data)));
}

Block Session::iv(std::uint8_t first, std::uint8_t second) const {
    Block in{first,
             second,
             ti[0],
             ti[1],
             ti[2],
             ti[3],
             static_cast<std::uint8_t>(counter & 0xff),
             static_cast<std::uint8_t>(counter >> 8)};
    return encrypt_block(keys.enc, in);
}

Bytes Session::encrypt_command(ByteView plain) const {
    return encrypt_cbc(keys.enc, iv(0xa5, 0x5a), padded(plain));
}

Bytes Session::encrypt_answer(ByteView plain) const {
    return encrypt_cbc(keys.enc, iv(0x5a, 0xa5), padded(plain));
}

Bytes Session::decrypt_answer(ByteView cipher) const {
    auto run = decrypt_cbc(keys.enc, iv(0x5a, 0xa5), cipher);
    while (!run.empty() && run.back() == 0)
        run.pop_back();
    if (run.empty() || run.back() != 0x80) return {};
    run.pop_back();
    return run;
}

}  // namespace seals::tag
