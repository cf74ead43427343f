#include "api/handlers.hpp"
#include "api/route_rows.hpp"
#include "wire/backup.hpp"
#include "wire/evidence.hpp"

namespace seals::api {
namespace {

using enum Method;
using namespace wire;

constexpr Param kCheckpoint[] = {{"size", "the one of that size; without: one over all there is"}};
constexpr Param kInclusion[] = {{"seq", "the entry"},
                                {"size", "of the checkpoint; without: the newest"}};
constexpr Param kConsistency[] = {{"old", "size of the older tree"},
                                  {"size", "of the newer checkpoint; without: the newest"}};
constexpr Param kLeaves[] = {
    {"after", "only entries with a greater seq; default 0"},
    {"limit", "items in this page, 1 to 500; default 100"},
    {"seal", "only of that seal"},
    {"session", "only of that visit"},
    {"request", "only of that request"},
    {"type", "only events of that type, or of several with commas between"},
    {"from", "only entries of that time or later"},
    {"to", "only entries of that time or earlier"},
    {"size", "of the checkpoint; without: the newest"},
    {"proofs", "0: without the hashes"}};

constexpr RouteRow kTable[] = {
    {whole({get,
            "/v1/checkpoint",
            Role::viewer,
            "size and root of the ledger, signed",
            {},
            shape<CheckpointReply>("Checkpoint"),
            Answer::one,
            200,
            kCheckpoint}),
     &get_checkpoint},
    {whole({get,
            "/v1/proofs/inclusion",
            Role::viewer,
            "proof that an entry stands in the ledger",
            {},
            shape<ProofReply>("Proof"),
            Answer::one,
            200,
            kInclusion}),
     &get_inclusion},
    {whole({get,
            "/v1/proofs/consistency",
            Role::viewer,
            "proof that an older ledger is the beginning of this one",
            {},
            shape<ProofReply>("Proof"),
            Answer::one,
            200,
            kConsistency}),
     &get_consistency},
    {whole({get,
            "/v1/leaves",
            Role::viewer,
            "raw entries, each with its proof",
            {},
            shape<LeafList>("LeafList"),
            Answer::one,
            200,
            kLeaves}),
     &list_leaves},
    {whole({post, "/v1/cosignatures", Role::operator_,
            "take in what a witness says of a checkpoint",
            shape<CosignatureCall>("CosignatureCall"), shape<DoneReply>("Done"), Answer::one, 201}),
     &post_cosignature},
    {whole({post, "/v1/timestamps", Role::operator_, "take in a time stamp of a checkpoint",
            shape<TimestampCall>("TimestampCall"), shape<DoneReply>("Done"), Answer::one, 201}),
     &post_timestamp},
    {whole({post, "/v1/evidence/exports", Role::auditor,
            "hand out what belongs to a request, visit or seal: a stream",
            shape<ExportCall>("ExportCall"), shape<ExportLine>("ExportLine"), Answer::stream, 201}),
     &post_export},
    {whole({post, "/v1/key/rotate", Role::admin, "two persons have the device take another key",
            shape<RotateKeyCall>("RotateKeyCall"), shape<KeyReply>("Key")}),
     &post_rotation},
    {whole({post,
            "/v1/ledger/backup",
            Role::admin,
            "copy the ledger, and verify the copy",
            {},
            shape<BackupReply>("Backup"),
            Answer::one,
            201}),
     &post_backup},
};

}  // namespace

std::span<const RouteRow> evidence_routes() {
    return kTable;
}

}  // namespace seals::api
