#include "web/post.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <curl/curl.h>

namespace seals::web {
namespace {

struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Free>;
using Headers = std::unique_ptr<curl_slist, Free>;

struct Receiver {
    std::string body;
    std::size_t most = 0;
    bool overflown = false;
};

std::size_t receive(char* bytes, std::size_t, std::size_t size, void* at) {
    auto& to = *static_cast<Receiver*>(at);
    if (size > to.most - to.body.size()) {
        to.overflown = true;
        return 0;  // ends the transfer
    }
    to.body.append(bytes, size);
    return size;
}

void add(Headers& headers, const std::string& line) {
    if (auto* longer = curl_slist_append(headers.get(), line.c_str())) {
        (void)headers.release();
        headers.reset(longer);
    }
}

std::string media_type(CURL* handle) {
    const char* type = nullptr;
    curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
    std::string out = type != nullptr ? type : "";
    out.resize(std::min(out.find(';'), out.size()));
    while (out.ends_with(' '))
        out.pop_back();
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

void set_up(CURL* handle, const Post& post, const Headers& headers, Receiver& to, char* why) {
    curl_easy_setopt(handle, CURLOPT_URL, post.url.c_str());
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(post.deadline.count()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(post.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, post.body.data());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "sealctl");
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, why);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &to);
}

Error told(CURLcode code, const Post& post, const Receiver& to, const char* why) {
    std::string reason = *why != '\0' ? why : curl_easy_strerror(code);
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
        return invalid("url", post.url + " is no http or https address: " + reason);
    if (to.overflown)
        return unavailable(post.url + " sent more than " + std::to_string(to.most) + " bytes",
                           "look whether the address is the right one");
    if (code == CURLE_OPERATION_TIMEDOUT)
        return Error{
            Code::timeout,
            post.url + " did not answer within " + std::to_string(post.deadline.count()) + " ms",
            "try again; what it did is not known"};
    return unavailable(post.url + ": " + reason,
                       "look at the address, the network, and the proxy (http_proxy)");
}

}  // namespace

Result<Answer> post(const Post& post) {
    static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
    Handle handle(kReady == CURLE_OK ? curl_easy_init() : nullptr);
    if (!handle) return unavailable("libcurl does not start; look at its installation");
    Headers headers;
    add(headers, "Content-Type: " + post.type);
    add(headers, "Expect:");  // no round trip before a small body
    if (!post.accept.empty()) add(headers, "Accept: " + post.accept);
    Receiver to{{}, post.most};
    char why[CURL_ERROR_SIZE] = "";
    set_up(handle.get(), post, headers, to, why);
    if (auto code = curl_easy_perform(handle.get()); code != CURLE_OK)
        return told(code, post, to, why);
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    return Answer{static_cast<int>(status), media_type(handle.get()), std::move(to.body)};
}

}  // namespace seals::web
