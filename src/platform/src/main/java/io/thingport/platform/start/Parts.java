package io.thingport.platform.start;

import io.thingport.platform.accesskey.AccessKeys;
import io.thingport.platform.accesskey.CallRates;
import io.thingport.platform.accesskey.KnownKeys;
import io.thingport.platform.audit.AuditTrail;
import io.thingport.platform.audit.AuditUpkeep;
import io.thingport.platform.audit.Refusals;
import io.thingport.platform.config.Settings;
import io.thingport.platform.config.SettingsReader;
import io.thingport.platform.dashboard.DashboardTokens;
import io.thingport.platform.dashboard.Dashboards;
import io.thingport.platform.devicelog.DeviceLog;
import io.thingport.platform.devicelog.LiveLog;
import io.thingport.platform.devicelog.LogWriter;
import io.thingport.platform.devicelog.PresentLevels;
import io.thingport.platform.registration.Registrar;
import io.thingport.platform.registry.ConsumerGroups;
import io.thingport.platform.registry.DatabaseDeviceSource;
import io.thingport.platform.registry.DatabaseStatusStore;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DeviceStatusWriter;
import io.thingport.platform.registry.Registrations;
import io.thingport.platform.secrets.MasterKeys;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import io.thingport.platform.session.Loops;
import io.thingport.platform.session.SessionStore;
import io.thingport.platform.store.DatabaseSessions;
import io.thingport.platform.store.DueSessions;
import io.thingport.platform.store.GroupCommitWriter;
import io.thingport.platform.store.SessionIds;
import io.thingport.platform.store.SessionSource;
import io.thingport.platform.store.StoreUpkeep;
import io.thingport.platform.store.StoreWriter;
import io.thingport.platform.store.WriterLimits;
import io.thingport.platform.upstream.ConsumerEvents;
import io.thingport.platform.upstream.Engine;
import io.thingport.platform.upstream.Handover;
import io.thingport.platform.watch.WatchHub;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Makes the plain objects that are injected, each once and when it is first asked for. Being of no normal scope they are
 * injected as they are, without a proxy in between: event loops use them where no context is.
 */
@ApplicationScoped
class Parts {

    @Resource(lookup = "concurrent/thingport")
    private ManagedExecutorService executor;
    @Resource
    private ManagedScheduledExecutorService scheduler;
    @Resource
    private ManagedThreadFactory threads;
    @Resource(lookup = "jdbc/thingport", shareable = false) // the writer keeps its connection
    private DataSource database;

    @Produces
    @Singleton
    Settings settings() {
        return SettingsReader.read(ConfigProvider.getConfig(), System.getenv().keySet());
    }

    @Produces
    @Singleton
    StartProgress startProgress() {
        return new StartProgress();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    Tokens tokens(SecureRandom random) {
        return new Tokens(random);
    }

    @Produces
    @Singleton
    SecretBox secretBox(MasterKeys masterKeys, Settings settings, SecureRandom random) {
        return masterKeys.open(settings.masterKey().value(), settings.masterKey().keyFile(), random);
    }

    @Produces
    @Singleton
    DeviceDirectory deviceDirectory(DatabaseDeviceSource source, Settings settings) {
        return new DeviceDirectory(source, executor, settings.registry().cacheMaximum(),
                settings.rates().device());
    }

    @Produces
    @Singleton
    Registrar registrar(Registrations registrations) {
        return new Registrar(registrations, executor, System::nanoTime);
    }

    @Produces
    @Singleton
    DeviceStatusWriter deviceStatusWriter(DatabaseStatusStore store, Settings settings) {
        return new DeviceStatusWriter(store, settings.registry().statusMaximum());
    }

    @Produces
    @Singleton
    SessionIds sessionIds(DatabaseSessions sessions) {
        return new SessionIds(sessions.nextRun());
    }

    @Produces
    @Singleton
    SessionSource sessionSource(DatabaseSessions sessions) {
        return sessions;
    }

    @Produces
    @Singleton
    GroupCommitWriter storeWriter(Clock clock) {
        return new GroupCommitWriter(database, threads, WriterLimits.DEFAULTS, clock);
    }

    @Produces
    @Singleton
    StoreUpkeep storeUpkeep(DueSessions due, SessionIds ids, Loops loops, Clock clock) {
        return new StoreUpkeep(due, ids, clock, scheduler, loops::refresh);
    }

    @Produces
    @Singleton
    SessionStore sessionStore(SessionIds ids, SessionSource source, StoreWriter writer) {
        return new SessionStore(ids, source, writer, executor);
    }

    @Produces
    @Singleton
    ConsumerEvents consumerEvents() {
        return new ConsumerEvents();
    }

    @Produces
    @Singleton
    Handover handover() {
        return new Handover(threads);
    }

    @Produces
    @Singleton
    DeviceLog deviceLog() {
        return new DeviceLog(DeviceLog.ENTRIES_MAXIMUM);
    }

    @Produces
    @Singleton
    PresentLevels presentLevels(Settings settings) {
        return new PresentLevels(settings.log().level());
    }

    @Produces
    @Singleton
    LiveLog liveLog() {
        return new LiveLog();
    }

    @Produces
    @Singleton
    LogWriter logWriter(DeviceLog log, LiveLog live, Settings settings, Clock clock) {
        return new LogWriter(log, live, database, threads, settings.log(), clock);
    }

    @Produces
    @Singleton
    WatchHub watchHub(DeviceDirectory directory, Clock clock) {
        return new WatchHub(directory::watch, executor,
                (delay, task) -> scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS), clock);
    }

    @Produces
    @Singleton
    DashboardTokens dashboardTokens(Instance<SecretBox> box, Tokens ids, Clock clock) {
        return new DashboardTokens(box::get, ids, clock);
    }

    @Produces
    @Singleton
    KnownKeys knownKeys(Instance<AccessKeys> accessKeys, Clock clock) {
        return new KnownKeys(() -> accessKeys.get().known(), clock);
    }

    @Produces
    @Singleton
    CallRates callRates(Settings settings) {
        return new CallRates(settings.rates().requestsPerKey(), System::nanoTime);
    }

    @Produces
    @Singleton
    Dashboards dashboards(DashboardTokens tokens, KnownKeys keys, WatchHub hub, Clock clock) {
        return new Dashboards(tokens, keys::find, hub, clock);
    }

    @Produces
    @Singleton
    Refusals refusals(Instance<AuditTrail> trail) {
        return new Refusals(trail::get, System::nanoTime);
    }

    @Produces
    @Singleton
    AuditUpkeep auditUpkeep(Instance<AuditTrail> trail, Settings settings, Clock clock) {
        return new AuditUpkeep(trail::get, settings.audit().retention(), clock, scheduler);
    }

    @Produces
    @Singleton
    Engine engine(Handover handover, Instance<ConsumerGroups> groups) {
        return new Engine(handover, () -> groups.get().ids(), scheduler);
    }
}
