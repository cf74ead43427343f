#include "loop/worker.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include <pthread.h>
#include <sys/resource.h>

namespace seals::loop {
namespace {

constexpr int kBackgroundNice = 10;

}  // namespace

struct Worker::Body {
    explicit Body(Loop& owner) : loop(owner) {}

    Loop& loop;  // posted to only under `mutex` while not abandoned
    std::mutex mutex;
    std::condition_variable wake;
    // guarded by mutex:
    std::deque<Job> jobs;
    bool running = false;
    bool stop = false;
    bool abandoned = false;
    std::chrono::steady_clock::time_point since{};

    std::thread thread;

    // The next job, or none when it is time to end.
    Job next() {
        std::unique_lock lock(mutex);
        wake.wait(lock, [this] { return stop || abandoned || !jobs.empty(); });
        if (abandoned || jobs.empty()) return {};
        Job job = std::move(jobs.front());
        jobs.pop_front();
        running = true;
        since = std::chrono::steady_clock::now();
        return job;
    }
    bool done(Reply reply) {
        std::lock_guard lock(mutex);
        running = false;
        if (abandoned) return false;
        if (reply) loop.post(std::move(reply));
        return true;
    }
};

Worker::Worker(Loop& loop, const std::string& name, Pace pace)
    : body_(std::make_shared<Body>(loop)) {
    body_->thread = std::thread([body = body_, pace] {
        // Linux knows a nice value per thread: 0 means the calling one.
        if (pace == Pace::background) (void)::setpriority(PRIO_PROCESS, 0, kBackgroundNice);
        while (Job job = body->next())
            if (!body->done(job())) return;
    });
    pthread_setname_np(body_->thread.native_handle(), name.substr(0, 15).c_str());
}

Worker::~Worker() {
    {
        std::lock_guard lock(body_->mutex);
        body_->stop = true;
    }
    body_->wake.notify_all();
    if (body_->thread.joinable()) body_->thread.join();
}

void Worker::submit(Job job) {
    {
        std::lock_guard lock(body_->mutex);
        body_->jobs.push_back(std::move(job));
    }
    body_->wake.notify_one();
}

std::size_t Worker::waiting() const {
    std::lock_guard lock(body_->mutex);
    return body_->jobs.size() + (body_->running ? 1 : 0);
}

milliseconds Worker::stuck_for() const {
    std::lock_guard lock(body_->mutex);
    if (!body_->running) return milliseconds{0};
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() -
                                                    body_->since);
}

void Worker::abandon() {
    {
        std::lock_guard lock(body_->mutex);
        body_->abandoned = true;
        body_->jobs.clear();
    }
    body_->wake.notify_all();
    if (body_->thread.joinable()) body_->thread.detach();
}

}  // namespace seals::loop
